/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/**
 * Numbers of TCP states in {@link ProtocolInfo#state()}, in the order of a connection's life. Source: linux/netfilter/
 * nf_conntrack_tcp.h.
 */
public final class TcpStates {
    /** A SYN and its answer were seen. */
    public static final int SYN_RECV = 2;
    /** The handshake is over. */
    public static final int ESTABLISHED = 3;
    /** The last acknowledgement is due. */
    public static final int LAST_ACK = 6;
    /** Reset or gone. */
    public static final int CLOSE = 8;

    private TcpStates() {
    }
}
