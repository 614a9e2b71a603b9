/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The dedicated links of a running daemon: opened and closed as their network interfaces come and go, and which of them
 * sends.
 */
package org.statelink.server.link;
