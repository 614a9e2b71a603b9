/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The kernel's side of the daemon: which events count, resync, commit and flush.
 */
package org.statelink.server.kernel;
