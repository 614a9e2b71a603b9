/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The daemon: launcher and life cycle.
 */
package org.statelink.server;
