/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The synchronisation modes: what becomes of what the kernel and the peers tell.
 */
package org.statelink.server.mode;
