/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.netlink.ConntrackDecoder;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackMessageType;
import org.statelink.conntrack.netlink.ExpectationMessageType;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/** Understands requests, and answers them. Called with the double's lock held. */
final class KernelRequests {
    /** A dump's answer is marked so: no answer of its own is due. */
    private static final int NO_ANSWER = -1;
    private static final int ALIGNMENT_MASK = 3;
    private static final int GET_STATS = 0x105;
    private static final int MIN_PAGE_BYTES = 4 * 1024;
    private static final int MAX_PAGE_BYTES = 32 * 1024;
    private static final int ENTRY_ROOM = 1024;
    private static final String MALFORMED = "Attribute failed policy validation";

    private final KernelDouble kernel;
    private final KernelTable table;
    private final ExpectationRequests expectations;
    private final NetlinkMessage message = new NetlinkMessage();
    private final ConntrackDecoder decoder = new ConntrackDecoder();
    private final Conntrack flow = new Conntrack();
    private boolean privileged = true;
    private int interruptions;

    KernelRequests(KernelDouble kernel, KernelTable table, ExpectationRequests expectations) {
        this.kernel = kernel;
        this.table = table;
        this.expectations = expectations;
    }

    void setPrivileged(boolean privileged) {
        this.privileged = privileged;
    }

    void interruptDumps(int dumps) {
        interruptions = dumps;
    }

    void handle(MemoryNetlinkChannel channel, ByteBuf datagram) {
        int end = datagram.writerIndex();
        int index = datagram.readerIndex();
        while (message.wrap(datagram, index, end)) {
            int errno = privileged ? dispatch(channel) : Errno.EPERM;
            if (errno > 0 || errno == 0 && message.hasFlag(NetlinkFlags.ACK)) {
                answer(channel, errno);
            }
            if (!privileged) {
                return;
            }
            int length = message.payloadEnd() - index;
            index += length + ALIGNMENT_MASK & ~ALIGNMENT_MASK;
        }
    }

    private int dispatch(MemoryNetlinkChannel channel) {
        if (!message.hasFlag(NetlinkFlags.REQUEST)) {
            return NO_ANSWER;
        }
        if (message.payloadLength() < NetlinkMessageWriter.NETFILTER_HEADER_LENGTH) {
            return Errno.EINVAL;
        }
        boolean dump = (message.flags() & NetlinkFlags.DUMP) == NetlinkFlags.DUMP;
        return switch (message.type()) {
            case ConntrackMessageType.NEW -> change(channel);
            case ConntrackMessageType.GET, ConntrackMessageType.GET_RESET_COUNTERS ->
                dump ? beginDump(channel) : get(channel);
            case ConntrackMessageType.DELETE -> delete(channel);
            case GET_STATS -> statistics(channel);
            case ExpectationMessageType.GET ->
                dump ? begin(expectations.dump(message), channel) : expectations.handle(message, channel);
            case ExpectationMessageType.NEW, ExpectationMessageType.DELETE -> expectations.handle(message, channel);
            default -> Errno.EINVAL;
        };
    }

    private static int portId(MemoryNetlinkChannel channel) {
        return channel.localAddress().portId();
    }

    private void answer(MemoryNetlinkChannel channel, int errno) {
        NetlinkChannelConfig config = channel.config();
        String text = config.isExtAck() && errno == Errno.ERANGE ? MALFORMED : "";
        ByteBuf out = channel.alloc().buffer(128);
        KernelMessages.answer(out, message, portId(channel), errno, text, config.isCapAck());
        kernel.send(channel, out);
    }

    private int change(MemoryNetlinkChannel channel) {
        if (!decoder.decode(message, flow)) {
            return Errno.ERANGE;
        }
        if (!flow.original().isSet() && !flow.reply().isSet()) {
            return Errno.EINVAL;
        }
        KernelEntry entry = table.find(flow);
        if (entry != null) {
            return message.hasFlag(NetlinkFlags.EXCL) ? Errno.EEXIST : update(channel, entry);
        }
        return message.hasFlag(NetlinkFlags.CREATE) ? create(channel) : Errno.ENOENT;
    }

    private int create(MemoryNetlinkChannel channel) {
        KernelEntry entry = new KernelEntry();
        int errno = table.create(flow, kernel.now(), entry);
        if (errno == 0) {
            kernel.event(ConntrackEventType.NEW, portId(channel), entry);
        }
        return errno;
    }

    private int update(MemoryNetlinkChannel channel, KernelEntry entry) {
        int errno = table.update(entry, flow, kernel.now());
        if (errno == 0) {
            kernel.event(ConntrackEventType.UPDATE, portId(channel), entry);
        }
        return errno;
    }

    private int get(MemoryNetlinkChannel channel) {
        if (!decoder.decode(message, flow)) {
            return Errno.ERANGE;
        }
        if (!flow.original().isSet() && !flow.reply().isSet()) {
            return Errno.EINVAL;
        }
        KernelEntry entry = table.find(flow);
        if (entry == null) {
            return Errno.ENOENT;
        }
        entry.refresh(kernel.now());
        ByteBuf out = channel.alloc().buffer(ENTRY_ROOM);
        KernelMessages.flow(out, NetlinkFlags.MULTI, message.sequence(), portId(channel), entry.flow);
        kernel.send(channel, out);
        return 0;
    }

    private int delete(MemoryNetlinkChannel channel) {
        if (!decoder.decode(message, flow)) {
            return Errno.ERANGE;
        }
        if (!flow.original().isSet() && !flow.reply().isSet()) {
            return flush(channel);
        }
        KernelEntry entry = table.find(flow);
        if (entry == null || flow.has(Field.ID) && flow.id() != entry.flow.id()) {
            return Errno.ENOENT;
        }
        kernel.remove(entry, portId(channel));
        return 0;
    }

    private int flush(MemoryNetlinkChannel channel) {
        int version = message.buffer().getUnsignedByte(message.payloadIndex() + 1);
        KernelFilter filter = KernelFilter.read(message, version == 1);
        if (filter == null) {
            return Errno.ERANGE;
        }
        for (KernelEntry entry : table.snapshot()) {
            if (filter.matches(entry.flow)) {
                kernel.remove(entry, portId(channel));
            }
        }
        return 0;
    }

    private int statistics(MemoryNetlinkChannel channel) {
        ByteBuf out = channel.alloc().buffer(64);
        KernelMessages.statistics(out, message, portId(channel), table.size(), table.limit());
        kernel.send(channel, out);
        return 0;
    }

    private int beginDump(MemoryNetlinkChannel channel) {
        KernelFilter filter = KernelFilter.read(message, true);
        if (filter == null) {
            return Errno.ERANGE;
        }
        boolean reset = message.type() == ConntrackMessageType.GET_RESET_COUNTERS;
        int sequence = message.sequence();
        return begin(new KernelDump(sequence, filter.isActive() ? NetlinkFlags.DUMP_FILTERED : 0,
            table.snapshot().stream().map(entry -> (KernelDump.Item) (out, flags, portId) -> {
                if (!entry.dead && filter.matches(entry.flow)) {
                    append(out, flags, sequence, portId, entry, reset);
                }
            }).iterator()), channel);
    }

    /** The first page is written at once, the others when they are read, as in the kernel. */
    private int begin(KernelDump dump, MemoryNetlinkChannel channel) {
        if (channel.queue().dump() != null) {
            return Errno.EBUSY;
        }
        channel.queue().setDump(dump);
        dumpPage(channel);
        channel.wakeUp();
        return NO_ANSWER;
    }

    /** Puts the next page of the channel's dump into its queue, or the end. */
    void dumpPage(MemoryNetlinkChannel channel) {
        KernelDump dump = channel.queue().dump();
        if (dump == null) {
            return;
        }
        int room = Math.clamp(channel.config().receiveSlotSize(), MIN_PAGE_BYTES, MAX_PAGE_BYTES);
        ByteBuf out = channel.alloc().buffer(room);
        while (!dump.isAtEnd() && out.writerIndex() < room - ENTRY_ROOM) {
            dump.next().write(out, NetlinkFlags.MULTI | dump.flags, portId(channel));
        }
        if (!out.isReadable()) {
            channel.queue().setDump(null);
            int interrupted = interruptions > 0 ? NetlinkFlags.DUMP_INTERRUPTED : 0;
            interruptions = Math.max(0, interruptions - 1);
            KernelMessages.done(out, interrupted, dump.sequence, portId(channel));
        }
        channel.queue().add(out);
    }

    private void append(ByteBuf out, int flags, int sequence, int portId, KernelEntry entry, boolean resetCounters) {
        entry.refresh(kernel.now());
        KernelMessages.flow(out, flags, sequence, portId, entry.flow);
        if (resetCounters) {
            entry.flow.countersOriginal().set(0, 0);
            entry.flow.countersReply().set(0, 0);
        }
    }
}
