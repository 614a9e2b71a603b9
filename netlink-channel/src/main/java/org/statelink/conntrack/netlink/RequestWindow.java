/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.Errors;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/**
 * Packs requests into datagrams, keeps no more of them unanswered than the receive buffer holds answers for, and
 * matches the answers.
 *
 * <p>Only the last request of a datagram asks for an acknowledgement. The kernel works through a socket's requests in
 * order and always tells errors, so an answer says of every earlier request that has none that it succeeded.
 */
final class RequestWindow {
    private static final int BATCH_BYTES = 32 * 1024;
    private static final int MAX_BATCH = 256;
    private static final int MIN_LIMIT = 64;
    /** What the kernel accounts for an error or acknowledgement ({@code skb->truesize}), with room to spare. */
    private static final int ANSWER_BYTES = 1280;
    /** How many of them an entry and its acknowledgement weigh. */
    private static final int GET_WEIGHT = 5;
    private static final long QUIET_MILLIS = 10;

    private record Batch(ByteBuf buffer, int firstSequence, int count, int weight) {
    }

    private final NetlinkChannel channel;
    private final int limit;
    private final ConntrackEncoder encoder = new ConntrackEncoder();
    private final Outstanding outstanding = new Outstanding();
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private ByteBuf open;
    private int openCount;
    private int openWeight;
    private int lastMessage;
    private int sent;
    private int sentWeight;
    private int pendingWeight;
    private boolean wasUnwritable;
    private boolean draining;
    private boolean closed;
    private long answers;
    private ResultListener results = (token, errno, message) -> {
    };
    private Runnable writable = () -> {
    };

    RequestWindow(NetlinkChannel channel) {
        this.channel = channel;
        limit = Math.max(MIN_LIMIT, channel.config().receiveBufferSize() / 2 / ANSWER_BYTES);
    }

    void onResult(ResultListener listener) {
        results = listener;
    }

    void onWritable(Runnable listener) {
        writable = listener;
    }

    boolean isWritable() {
        return pendingWeight < 2 * limit;
    }

    int pending() {
        return outstanding.count();
    }

    boolean isClosed() {
        return closed;
    }

    void submit(ConntrackRequest request, ConntrackEntry entry, int token) {
        if (isOpen(token)) {
            int sequence = begin(token, null);
            encoder.encode(request, open, sequence, entry);
            added(1);
        }
    }

    void submit(ByteBuf from, int index, int length, int token) {
        if (isOpen(token)) {
            int sequence = begin(token, null);
            open.writeBytes(from, index, length);
            NetlinkMessageWriter.setSequence(open, lastMessage, sequence);
            added(1);
        }
    }

    private boolean isOpen(int token) {
        if (closed) {
            channel.eventLoop().execute(() -> results.onResult(token, Errno.ENOTCONN, ""));
        }
        return !closed;
    }

    /** Sends a single request, and what was submitted before it. */
    void send(EntryRequest request, Completion completion) {
        int sequence = begin(0, completion);
        request.encode(open, sequence);
        added(weight(completion));
        flush();
    }

    private static int weight(Completion completion) {
        return completion != null && completion.taker() != null ? GET_WEIGHT : 1;
    }

    private int begin(int token, Completion completion) {
        if (open == null) {
            open = channel.alloc().directBuffer(BATCH_BYTES + 2048);
        }
        lastMessage = open.writerIndex();
        return outstanding.add(token, completion);
    }

    private void added(int weight) {
        openCount++;
        openWeight += weight;
        pendingWeight += weight;
        wasUnwritable |= !isWritable();
        if (open.writerIndex() >= BATCH_BYTES || openWeight >= Math.min(MAX_BATCH, limit)) {
            flush();
        }
    }

    /** Sends what was submitted, as far as the window lets it; the rest follows with the answers. */
    void flush() {
        if (open != null) {
            NetlinkMessageWriter.addFlags(open, lastMessage, NetlinkFlags.ACK);
            int first = outstanding.first() + outstanding.count() - openCount & Outstanding.SEQUENCE_MASK;
            outstanding.markBatchEnd(first + openCount - 1 & Outstanding.SEQUENCE_MASK);
            batches.add(new Batch(open, first, openCount, openWeight));
            open = null;
            openCount = 0;
            openWeight = 0;
        }
        pump();
    }

    private void pump() {
        Batch batch = batches.peek();
        boolean wrote = false;
        while (batch != null && !draining && !closed && (sent == 0 || sentWeight + batch.weight <= limit)) {
            batches.poll();
            write(batch);
            wrote = true;
            batch = batches.peek();
        }
        if (wrote) {
            channel.flush();
        }
    }

    private void write(Batch batch) {
        sent += batch.count;
        sentWeight += batch.weight;
        channel.write(batch.buffer).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess()) {
                // not from within submit(), whose caller does not expect results yet
                channel.eventLoop().execute(() -> refused(batch, written));
            }
        });
    }

    /** The datagram never reached the kernel; earlier requests may still have answers to come. */
    private void refused(Batch batch, ChannelFuture written) {
        int errno = written.cause() instanceof Errors.NativeIoException io ? -io.expectedErr() : Errno.ENOTCONN;
        for (int i = 0; i < batch.count; i++) {
            int sequence = batch.firstSequence + i & Outstanding.SEQUENCE_MASK;
            if (outstanding.distance(sequence) < sent) {
                outstanding.setErrno(sequence, errno);
            }
        }
        proceed();
    }

    /** Whoever takes the entry that answers a get; null where the sequence number is of no such request. */
    EntryTaker taker(int sequence) {
        Completion completion = outstanding.distance(sequence) < sent ? outstanding.completion(sequence) : null;
        return completion == null ? null : completion.taker();
    }

    /**
     * An answer came.
     *
     * @return false when nobody waits for it
     */
    boolean answer(int sequence, int errno, String text, int offset) {
        answers++;
        if (outstanding.distance(sequence) >= sent) {
            return false;
        }
        while (outstanding.first() != sequence && outstanding.distance(sequence) < sent) {
            completeFirst(outstanding.errno(outstanding.first()), "", -1);
        }
        if (outstanding.distance(sequence) < sent) {
            completeNext(errno, text, offset);
        }
        proceed();
        return true;
    }

    private void completeNext(int errno, String text, int offset) {
        if (errno == Errno.EPERM) {
            failBatch(text, offset);
        } else {
            completeFirst(errno, text, offset);
        }
    }

    /** Without privilege the kernel answers the first request of a datagram only. */
    private void failBatch(String text, int offset) {
        boolean last = false;
        while (!last && sent > 0) {
            last = outstanding.endsBatch(outstanding.first());
            completeFirst(Errno.EPERM, text, offset);
        }
    }

    private void proceed() {
        while (sent > 0 && outstanding.errno(outstanding.first()) != 0) {
            completeFirst(outstanding.errno(outstanding.first()), "", -1);
        }
        pump();
        if (wasUnwritable && pendingWeight <= limit) {
            wasUnwritable = false;
            writable.run();
        }
    }

    private void completeFirst(int errno, String text, int offset) {
        int sequence = outstanding.first();
        int token = outstanding.token(sequence);
        Completion completion = outstanding.completion(sequence);
        int weight = weight(completion);
        outstanding.removeFirst();
        pendingWeight -= weight;
        if (sent > 0) {
            sent--;
            sentWeight -= weight;
        }
        if (completion == null) {
            results.onResult(token, errno, text);
        } else {
            completion.complete(errno, text, offset);
        }
    }

    /**
     * Answers were lost, and the kernel drops further ones until it finds the receive buffer empty. Whatever was sent
     * fails; the rest waits until answers have ceased to come.
     */
    void overrun() {
        boolean wasDraining = draining;
        draining = true;
        for (int n = sent; n > 0 && sent > 0; n--) {
            completeFirst(Errno.ENOBUFS, "", -1);
        }
        if (!wasDraining) {
            awaitQuiet();
        }
    }

    private void awaitQuiet() {
        long before = answers;
        channel.eventLoop().schedule(() -> {
            if (before != answers || !channel.config().isAutoRead()) {
                awaitQuiet();
            } else {
                draining = false;
                proceed();
            }
        }, QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }

    void close() {
        closed = true;
        if (open != null) {
            open.release();
            open = null;
        }
        for (Batch batch = batches.poll(); batch != null; batch = batches.poll()) {
            batch.buffer.release();
        }
        for (int n = outstanding.count(); n > 0; n--) {
            completeFirst(Errno.ENOTCONN, "", -1);
        }
    }
}
