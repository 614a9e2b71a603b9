/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** The receive buffer of an in-memory channel, bounded in bytes as the kernel counts them. Thread safe. */
final class MemoryReceiveQueue {
    /** What the kernel accounts for a datagram beside its bytes. */
    private static final int OVERHEAD = 512;

    private final ArrayDeque<ByteBuf> datagrams = new ArrayDeque<>();
    private int bytes;
    private boolean congested;
    private boolean overrun;
    private boolean scheduled;
    private boolean closed;
    private KernelDump dump;

    /** Takes the datagram over, unless there is no room for it: then it is lost, and the overrun noted. */
    synchronized boolean offer(ByteBuf datagram, int limit, boolean tell) {
        if (!closed && (congested || bytes > limit)) {
            overrun |= !congested && tell;
            congested = true;
        }
        if (closed || congested) {
            datagram.release();
            return false;
        }
        add(datagram);
        return true;
    }

    /** Takes the datagram over, whatever room there is: a dump is made as it is read. */
    synchronized void add(ByteBuf datagram) {
        datagrams.add(datagram);
        bytes += datagram.readableBytes() + OVERHEAD;
    }

    /** Loses everything that would come, until the queue was found empty. */
    synchronized void overrun() {
        overrun |= !congested;
        congested = true;
    }

    synchronized ByteBuf poll() {
        ByteBuf datagram = datagrams.poll();
        if (datagram == null) {
            congested = false;
            return null;
        }
        bytes -= datagram.readableBytes() + OVERHEAD;
        return datagram;
    }

    synchronized boolean takeOverrun() {
        boolean taken = overrun;
        overrun = false;
        return taken;
    }

    /** Whether there is nothing to read and nothing to tell. */
    synchronized boolean isEmpty() {
        return datagrams.isEmpty() && !overrun && !congested && dump == null;
    }

    /** Whether a task that reads has to be made; there is never more than one. */
    synchronized boolean scheduleRead() {
        boolean due = !scheduled && !closed;
        scheduled |= due;
        return due;
    }

    synchronized void readBegins() {
        scheduled = false;
    }

    synchronized KernelDump dump() {
        return dump;
    }

    synchronized void setDump(KernelDump dump) {
        this.dump = dump;
    }

    synchronized void close() {
        closed = true;
        dump = null;
        for (ByteBuf datagram = datagrams.poll(); datagram != null; datagram = datagrams.poll()) {
            datagram.release();
        }
    }
}
