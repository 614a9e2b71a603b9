/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the daemon asks of the operating system for itself, through {@code java.lang.foreign}.
 */
package org.statelink.server.system;
