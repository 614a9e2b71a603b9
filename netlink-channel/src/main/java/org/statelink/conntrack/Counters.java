/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** Packets and bytes of one direction ({@code CTA_COUNTERS_*}). */
public final class Counters {
    private long packets;
    private long bytes;

    /** Takes both values. */
    public void set(long packets, long bytes) {
        this.packets = packets;
        this.bytes = bytes;
    }

    void set(Counters other) {
        set(other.packets, other.bytes);
    }

    /** Packets, unsigned. */
    public long packets() {
        return packets;
    }

    /** Bytes, unsigned. */
    public long bytes() {
        return bytes;
    }
}
