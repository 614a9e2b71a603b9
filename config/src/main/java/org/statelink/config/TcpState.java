/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/** The TCP states that a filter may name, with the kernel's numbers (linux/netfilter/nf_conntrack_tcp.h). */
public enum TcpState {
    /** A SYN was seen. */
    SYN_SENT(1),
    /** A SYN and its answer were seen. */
    SYN_RECV(2),
    /** The handshake is over. */
    ESTABLISHED(3),
    /** One side has closed. */
    FIN_WAIT(4),
    /** The other side has to close. */
    CLOSE_WAIT(5),
    /** The last acknowledgement is due. */
    LAST_ACK(6),
    /** Both sides have closed. */
    TIME_WAIT(7),
    /** Reset or gone; also spelled CLOSED. */
    CLOSE(8),
    /** Number 9; kernels since 2.6.31 mean a simultaneous open by it. */
    LISTEN(9);

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /** The kernel's number. */
    public int number() {
        return number;
    }
}
