/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

/** What went over one link. A packet is a datagram or one write to a stream, not a message. On the state loop. */
public final class LinkCounters {
    private long bytesSent;
    private long packetsSent;
    private long sendErrors;
    private long bytesReceived;
    private long packetsReceived;
    private long receiveErrors;

    void sent(int bytes) {
        bytesSent += bytes;
        packetsSent++;
    }

    void sendFailed() {
        sendErrors++;
    }

    void received(int bytes) {
        bytesReceived += bytes;
        packetsReceived++;
    }

    void receiveFailed() {
        receiveErrors++;
    }

    /** Bytes of successful sends. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Successful sends. */
    public long packetsSent() {
        return packetsSent;
    }

    /** Failed sends. */
    public long sendErrors() {
        return sendErrors;
    }

    /** Bytes received. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Packets received. */
    public long packetsReceived() {
        return packetsReceived;
    }

    /** Failed receives. */
    public long receiveErrors() {
        return receiveErrors;
    }
}
