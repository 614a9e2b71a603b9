/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkError;
import org.statelink.netlink.codec.NetlinkException;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;

/** Runs dumps one after the other, as a socket can have one at a time. Their sequence numbers are negative. */
final class DumpQueue {
    private static final int FIRST_SEQUENCE = 0x80000000;
    private static final int REQUEST_BYTES = 128;

    private static final class Dump {
        final EntryRequest request;
        final EntryTaker taker;
        final Promise<Long> promise;
        long entries;
        boolean interrupted;
        boolean repeated;

        Dump(EntryRequest request, EntryTaker taker, Promise<Long> promise) {
            this.request = request;
            this.taker = taker;
            this.promise = promise;
        }
    }

    private final NetlinkChannel channel;
    private final ArrayDeque<Dump> waiting = new ArrayDeque<>();
    private Dump current;
    private int sequence = FIRST_SEQUENCE;
    private long interruptions;

    DumpQueue(NetlinkChannel channel) {
        this.channel = channel;
    }

    long interruptions() {
        return interruptions;
    }

    void add(EntryRequest request, EntryTaker taker, Promise<Long> promise) {
        waiting.add(new Dump(request, taker, promise));
        next();
    }

    private void next() {
        if (current == null && !waiting.isEmpty()) {
            current = waiting.poll();
            start(current);
        }
    }

    private void start(Dump dump) {
        sequence = sequence + 1 | FIRST_SEQUENCE;
        ByteBuf request = channel.alloc().directBuffer(REQUEST_BYTES);
        dump.request.encode(request, sequence);
        channel.writeAndFlush(request).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess() && dump == current) {
                finish(written.cause());
            }
        });
    }

    /** Whether a message is about the dump that runs. */
    boolean isCurrent(int sequence) {
        return current != null && this.sequence == sequence;
    }

    /** The entry belongs to the dump that runs. */
    void onEntry(NetlinkMessage message, ConntrackEntry entry) {
        noteInterruption(message);
        Dump dump = current;
        if (!dump.promise.isDone() && dump.taker.take(entry)) {
            dump.entries++;
        }
    }

    private void noteInterruption(NetlinkMessage message) {
        current.interrupted |= message.hasFlag(NetlinkFlags.DUMP_INTERRUPTED);
    }

    void onDone(NetlinkMessage message) {
        noteInterruption(message);
        int errno = message.payloadLength() == 0 ? 0 : NetlinkError.errno(message);
        if (errno != 0 && errno != Errno.EINTR) {
            finish(new NetlinkException(errno, "", -1));
            return;
        }
        interruptions += current.interrupted ? 1 : 0;
        if (current.interrupted && !current.repeated && !current.promise.isDone()) {
            repeat(current);
        } else {
            finish(null);
        }
    }

    private void repeat(Dump dump) {
        dump.repeated = true;
        dump.interrupted = false;
        dump.entries = 0;
        start(dump);
    }

    void onError(NetlinkMessage message) {
        finish(NetlinkError.exception(message));
    }

    private void finish(Throwable cause) {
        Dump dump = current;
        current = null;
        if (cause == null) {
            dump.promise.trySuccess(dump.entries);
        } else {
            dump.promise.tryFailure(cause);
        }
        next();
    }

    void close() {
        while (current != null || !waiting.isEmpty()) {
            Dump dump = current == null ? waiting.poll() : current;
            current = null;
            dump.promise.tryFailure(new NetlinkException(Errno.ENOTCONN, "", -1));
        }
    }
}
