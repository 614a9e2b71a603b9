/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.nio.ByteBuffer;

/**
 * An Ethernet frame with a datagram of the dedicated link over IPv4. Its UDP checksum is written here: between two
 * namespaces the kernel leaves it to the hardware, of which there is none.
 */
final class SyncFrame {
    private static final int IPV4_TYPE = 0x0800;
    private static final int TYPE = 12;
    private static final int IP = 14;
    private static final int PROTOCOL = IP + 9;
    private static final int ADDRESSES = IP + 12;
    private static final int UDP = IP + 20;
    private static final int DESTINATION_PORT = UDP + 2;
    private static final int LENGTH = UDP + 4;
    private static final int CHECKSUM = UDP + 6;
    private static final int PAYLOAD = UDP + 8;

    private final ByteBuffer frame;

    private SyncFrame(ByteBuffer frame) {
        this.frame = frame;
    }

    /** Whether a frame is one of the dedicated link. */
    static boolean is(ByteBuffer frame) {
        return frame.limit() > PAYLOAD && frame.getShort(TYPE) == IPV4_TYPE && frame.get(PROTOCOL) == Flow.UDP
            && frame.getShort(DESTINATION_PORT) == DedicatedLink.PORT;
    }

    /** Of a frame in network order, which {@link #is}. */
    static SyncFrame of(ByteBuffer frame) {
        frame.putShort(CHECKSUM, (short) 0);
        int sum = Flow.UDP + (frame.getShort(LENGTH) & 0xffff);
        for (int at = ADDRESSES; at < frame.limit(); at += 2) {
            sum += at + 1 < frame.limit() ? frame.getShort(at) & 0xffff : (frame.get(at) & 0xff) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        frame.putShort(CHECKSUM, (short) (sum == 0xffff ? sum : ~sum));
        return new SyncFrame(frame);
    }

    ByteBuffer bytes() {
        return frame;
    }

    /** Turns a bit of what is in the datagram, as a bad cable would: the checksum no longer fits. */
    void corrupt(int bit) {
        int place = PAYLOAD + Math.floorMod(bit >> 3, frame.limit() - PAYLOAD);
        frame.put(place, (byte) (frame.get(place) ^ 1 << (bit & 7)));
    }
}
