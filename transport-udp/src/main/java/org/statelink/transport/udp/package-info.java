/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The dedicated link over unicast UDP. Its work has not begun; the daemon refuses a UDP link by name.
 */
package org.statelink.transport.udp;
