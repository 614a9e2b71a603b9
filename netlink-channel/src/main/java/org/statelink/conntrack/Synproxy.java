/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** SYN proxy state of a flow ({@code CTA_SYNPROXY}), three unsigned 32-bit values. */
public final class Synproxy {
    private int isn;
    private int its;
    private int tsoff;

    /** Takes all three values: initial sequence number, initial timestamp, timestamp offset. */
    public void set(int isn, int its, int tsoff) {
        this.isn = isn;
        this.its = its;
        this.tsoff = tsoff;
    }

    void set(Synproxy other) {
        set(other.isn, other.its, other.tsoff);
    }

    /** {@code CTA_SYNPROXY_ISN}. */
    public int isn() {
        return isn;
    }

    /** {@code CTA_SYNPROXY_ITS}. */
    public int its() {
        return its;
    }

    /** {@code CTA_SYNPROXY_TSOFF}. */
    public int tsoff() {
        return tsoff;
    }
}
