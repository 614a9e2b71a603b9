/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The configuration: typed, immutable records, and the readers of its languages.
 */
package org.statelink.config;
