/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The dedicated link over IPv4 and IPv6 TCP: each node listens for its peer and connects to it; data flow from who
 * connected to who listens. One bootstrap, one options record, one provider.
 */
package org.statelink.transport.tcp;
