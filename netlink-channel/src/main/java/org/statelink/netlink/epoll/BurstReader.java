/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.statelink.netlink.epoll.LinuxConstants.EAGAIN;
import static org.statelink.netlink.epoll.LinuxConstants.EINTR;
import static org.statelink.netlink.epoll.LinuxConstants.ENOBUFS;

import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkOverrunEvent;
import org.statelink.netlink.NetlinkTruncationEvent;

/** The receiving half of an {@link EpollNetlinkChannel}. Used on the channel's loop only. */
final class BurstReader {
    private final EpollNetlinkChannel channel;
    private final NetlinkSocket socket;
    /** Made by the first read. */
    private ReceiveBatch batch;
    private boolean readPending;
    private boolean reading;
    private int passed;
    private int foreign;
    private int truncated;
    private int longest;

    BurstReader(EpollNetlinkChannel channel, NetlinkSocket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    /** A read was asked for. */
    void begin() {
        readPending = true;
        channel.interest().add(EpollIoOps.EPOLLIN);
    }

    /** Reads no more, not even what was asked for before. */
    void stop() {
        readPending = false;
        try {
            channel.interest().remove(EpollIoOps.EPOLLIN);
        } catch (RuntimeException e) {
            // epoll or the descriptor is broken; nothing would ever be read again
            channel.pipeline().fireExceptionCaught(e);
            channel.unsafe().close(channel.unsafe().voidPromise());
        }
    }

    void stopIfUnwanted() {
        if (!readPending && !channel.config().isAutoRead()) {
            stop();
        }
    }

    /** The channel was closed: gives the buffers back, at the end of the read that may be going on. */
    void close() {
        if (!reading && batch != null) {
            batch.release();
            batch = null;
        }
    }

    /**
     * Epoll reported an error. It would do so for ever, reading or not, if the error were not taken here.
     */
    void takeError() {
        try {
            report(socket.takeError());
        } catch (IOException e) {
            channel.pipeline().fireExceptionCaught(e);
        }
    }

    private void report(int errno) {
        if (errno == ENOBUFS) {
            channel.counters().overrun();
            channel.pipeline().fireUserEventTriggered(NetlinkOverrunEvent.INSTANCE);
        } else if (errno != 0) {
            channel.pipeline().fireExceptionCaught(Errors.newIOException("netlink", -errno));
        }
    }

    /** Epoll reported datagrams: hands on what there is, up to the configured number. */
    void read() {
        RecvByteBufAllocator.ExtendedHandle bounds =
            (RecvByteBufAllocator.ExtendedHandle) channel.unsafe().recvBufAllocHandle();
        bounds.reset(channel.config());
        reading = true;
        int errno = 0;
        Throwable failure = null;
        try {
            errno = readBursts(bounds);
        } catch (Throwable t) {
            failure = t;
        }
        reading = false;
        bounds.readComplete();
        channel.pipeline().fireChannelReadComplete();
        report(errno);
        if (failure != null) {
            channel.pipeline().fireExceptionCaught(failure);
        }
        finish();
    }

    private void finish() {
        if (channel.isOpen()) {
            stopIfUnwanted();
        } else {
            close();
        }
    }

    /** Answers the errno that ended the reading, or 0. */
    private int readBursts(RecvByteBufAllocator.ExtendedHandle bounds) {
        ReceiveBatch target = batch();
        int datagrams;
        do {
            target.prepare();
            datagrams = socket.receive(target);
            if (datagrams < 0) {
                return datagrams == -EAGAIN || datagrams == -EINTR ? 0 : -datagrams;
            }
            readPending = false;
            bounds.incMessagesRead(datagrams);
            bounds.lastBytesRead(deliver(target, datagrams));
            // fewer than asked for: the queue is empty, or an error is next, which epoll tells too
        } while (datagrams == target.slots() && channel.isOpen()
            && bounds.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER));
        return 0;
    }

    private ReceiveBatch batch() {
        if (batch == null) {
            NetlinkChannelConfig config = channel.config();
            batch = new ReceiveBatch(config.getAllocator(), config.receiveSlots(), config.receiveSlotSize());
        }
        return batch;
    }

    /** Hands on the datagrams of one system call; answers their bytes. */
    private int deliver(ReceiveBatch from, int datagrams) {
        passed = 0;
        foreign = 0;
        truncated = 0;
        longest = 0;
        int bytes = 0;
        for (int slot = 0; slot < datagrams && channel.isOpen(); slot++) {
            bytes += from.length(slot);
            deliverOne(from, slot);
        }
        channel.counters().received(passed, truncated, foreign);
        if (truncated > 0) {
            channel.pipeline().fireUserEventTriggered(
                new NetlinkTruncationEvent(truncated, longest, from.slotSize()));
        }
        return bytes;
    }

    private void deliverOne(ReceiveBatch from, int slot) {
        if (!from.isFromKernel(slot)) {
            foreign++;
        } else if (from.length(slot) > from.slotSize()) {
            truncated++;
            longest = Math.max(longest, from.length(slot));
        } else {
            passed++;
            channel.pipeline().fireChannelRead(from.take(slot));
        }
    }
}
