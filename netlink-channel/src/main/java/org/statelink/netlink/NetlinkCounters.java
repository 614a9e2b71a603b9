/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import java.util.concurrent.atomic.AtomicLong;

/** What a channel received and lost, since it was opened. Written on the channel's loop, read on any thread. */
public final class NetlinkCounters {
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong overruns = new AtomicLong();
    private final AtomicLong truncated = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();

    /** Datagrams handed to the pipeline. */
    public long datagrams() {
        return datagrams.get();
    }

    /** Times that the kernel reported a full receive buffer; see {@link NetlinkOverrunEvent}. */
    public long overruns() {
        return overruns.get();
    }

    /** Datagrams dropped because they did not fit a receive slot; see {@link NetlinkTruncationEvent}. */
    public long truncated() {
        return truncated.get();
    }

    /** Datagrams dropped because another process sent them, not the kernel. */
    public long foreign() {
        return foreign.get();
    }

    /** Counts one burst: datagrams handed on, cut ones, foreign ones. For implementations of the channel. */
    public void received(int passed, int cut, int fromOthers) {
        datagrams.getAndAdd(passed);
        truncated.getAndAdd(cut);
        foreign.getAndAdd(fromOthers);
    }

    /** Counts an overrun. For implementations of the channel. */
    public void overrun() {
        overruns.getAndIncrement();
    }
}
