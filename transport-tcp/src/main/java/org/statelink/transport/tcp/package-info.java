/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The dedicated link over TCP. Its work has not begun; the daemon refuses a TCP link by name.
 */
package org.statelink.transport.tcp;
