/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Packets that wait for a connection: bounded, the oldest gives way. Owns what is in it. Called on the link's loop.
 * Source: docs of conntrackd's wire protocol, section 8.4.
 */
final class ErrorQueue {
    private final ArrayDeque<ByteBuf> packets = new ArrayDeque<>();
    private final int capacity;
    private long drops;

    ErrorQueue(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return packets.size();
    }

    int capacity() {
        return capacity;
    }

    /** Packets that gave way. */
    long drops() {
        return drops;
    }

    /** Adds the newest packet. */
    void add(ByteBuf packet) {
        if (packets.size() == capacity) {
            packets.poll().release();
            drops++;
        }
        packets.add(packet);
    }

    /** Takes the oldest packet; null if there is none. */
    ByteBuf poll() {
        return packets.poll();
    }

    void clear() {
        while (!packets.isEmpty()) {
            packets.poll().release();
        }
    }
}
