/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The dedicated link over IPv4 and IPv6 unicast UDP: one options record, one provider.
 */
package org.statelink.transport.udp;
