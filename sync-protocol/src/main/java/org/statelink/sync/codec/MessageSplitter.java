/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncHeader;
import org.statelink.sync.protocol.SyncMessage;

/**
 * Splits what was received into messages and refuses those that cannot be: conntrackd's checks 1 to 7, in its order
 * and with its counters. Types, flags and ranges are left to whoever follows. Knows no channel; one per link, on its
 * loop; not reentrant. Source: docs of conntrackd's wire protocol, section 8.5.
 */
public final class MessageSplitter {
    private final SyncCounters counters;
    private final SyncMessage message = new SyncMessage();

    /** Counts refusals in {@code counters}. */
    public MessageSplitter(SyncCounters counters) {
        this.counters = counters;
    }

    /** Takes one message at a time. */
    public interface Listener {
        /** The message and its body are valid during the call. */
        void onMessage(SyncMessage message);
    }

    /**
     * Splits a datagram, all of whose readable bytes are used up. What cannot be split is dropped and counted; an empty
     * datagram is nothing. The buffer stays the caller's.
     */
    public void splitDatagram(ByteBuf in, InetSocketAddress sender, Listener listener) {
        Stop stop = split(in, sender, listener);
        if (stop.reason != null) {
            counters.malformed(stop.reason);
        }
        in.readerIndex(in.writerIndex());
    }

    /**
     * Splits the bytes of a stream that have come so far. Those of a message that is not complete stay readable, to be
     * passed again with more; that is not counted, since streams break anywhere. A length that cannot be, after
     * which nothing can be found any more, is counted and all bytes are dropped. The buffer stays the caller's.
     *
     * @return whether the stream can go on; if not, the connection is best closed
     */
    public boolean splitStream(ByteBuf in, InetSocketAddress sender, Listener listener) {
        Stop stop = split(in, sender, listener);
        if (stop != Stop.IMPOSSIBLE) {
            return true;
        }
        counters.malformed(stop.reason);
        in.readerIndex(in.writerIndex());
        return false;
    }

    /** Leaves the reader index at the first byte that was not split. */
    private Stop split(ByteBuf in, InetSocketAddress sender, Listener listener) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        Stop stop = Stop.END;
        try {
            while (at < end) {
                stop = check(in, at, end);
                if (stop != Stop.END) {
                    break;
                }
                int start = at;
                at += SyncHeader.length(in, start);
                deliver(in, start, sender, listener);
            }
        } finally {
            in.setIndex(at, end);
            message.clear();
        }
        return stop;
    }

    private void deliver(ByteBuf in, int start, InetSocketAddress sender, Listener listener) {
        if (SyncHeader.version(in, start) != SyncHeader.VERSION) {
            counters.malformed(SyncCounter.WRONG_VERSION);
            return;
        }
        message.wrap(in, start, sender);
        listener.onMessage(message);
    }

    private static Stop check(ByteBuf in, int at, int end) {
        int left = end - at;
        if (left < SyncHeader.LENGTH) {
            return Stop.IN_HEADER;
        }
        int length = SyncHeader.length(in, at);
        if (length == 0) {
            return Stop.IMPOSSIBLE;
        }
        if (length > left) {
            return Stop.IN_BODY;
        }
        int least = SyncHeader.lengthOf(SyncHeader.type(in, at), SyncHeader.flags(in, at));
        if (left < least) {
            return Stop.IN_HEADER;
        }
        return length < least ? Stop.IMPOSSIBLE : Stop.END;
    }

    /** Why splitting ended. */
    private enum Stop {
        /** All was split. */
        END(null),
        /** The bytes end within a header. */
        IN_HEADER(SyncCounter.TRUNCATED),
        /** The bytes end within a message. */
        IN_BODY(SyncCounter.BAD_SIZE),
        /** The length is below that of the header. */
        IMPOSSIBLE(SyncCounter.BAD_SIZE);

        private final SyncCounter reason;

        Stop(SyncCounter reason) {
            this.reason = reason;
        }
    }
}
