/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/**
 * What address translation made of a flow, as the sync protocol tells it: the translated source (where answers go)
 * and the translated destination (where answers come from). Addresses as in {@link Tuple}; the family is the flow's.
 */
public final class Nat {
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int sourcePort;
    private int destinationPort;

    /** Translated source address. */
    public void setSource(long high, long low) {
        sourceHigh = high;
        sourceLow = low;
    }

    /** Translated destination address. */
    public void setDestination(long high, long low) {
        destinationHigh = high;
        destinationLow = low;
    }

    /** Translated source port, unsigned 16 bits, host order. */
    public void setSourcePort(int port) {
        sourcePort = port;
    }

    /** Translated destination port, unsigned 16 bits, host order. */
    public void setDestinationPort(int port) {
        destinationPort = port;
    }

    /** See {@link #setSource}. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** See {@link #setSource}. */
    public long sourceLow() {
        return sourceLow;
    }

    /** See {@link #setDestination}. */
    public long destinationHigh() {
        return destinationHigh;
    }

    /** See {@link #setDestination}. */
    public long destinationLow() {
        return destinationLow;
    }

    /** See {@link #setSourcePort}. */
    public int sourcePort() {
        return sourcePort;
    }

    /** See {@link #setDestinationPort}. */
    public int destinationPort() {
        return destinationPort;
    }
}
