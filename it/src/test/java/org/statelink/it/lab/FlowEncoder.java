/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes ctnetlink requests. Numbers as in linux/netfilter/nfnetlink_conntrack.h. */
final class FlowEncoder {
    static final int CT_NEW = 0x100;
    static final int CT_GET = 0x101;
    static final int CT_DELETE = 0x102;
    static final int EXP_NEW = 0x200;
    static final int EXP_GET = 0x201;

    static final int REQUEST = 0x1;
    static final int ACK = 0x4;
    static final int DUMP = 0x300;
    static final int EXCL = 0x200;
    static final int CREATE = 0x400;

    private static final int NESTED = 0x8000;
    private static final byte WINDOW_SCALE = 1;
    private static final byte BE_LIBERAL = 8;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private final ByteBuffer out;
    private int messageStart;

    FlowEncoder(int capacity) {
        out = ByteBuffer.allocate(capacity).order(ByteOrder.BIG_ENDIAN);
    }

    /** The messages written since the last call. */
    ByteBuffer flip() {
        return out.flip();
    }

    void clear() {
        out.clear();
    }

    int size() {
        return out.position();
    }

    void create(Flow flow, int sequence, int flags) {
        begin(CT_NEW, REQUEST | CREATE | EXCL | flags, sequence, flow.source);
        tuple(1, flow, false);
        tuple(2, flow, true);
        putInt(3, flow.status);
        protocolInfo(flow);
        if (flow.helper != null) {
            int help = nest(5);
            bytes(1, (flow.helper + "\0").getBytes(StandardCharsets.US_ASCII));
            end(help);
        }
        nat(6, flow.sourceNat, flow.sourceNatPort);
        nat(13, flow.destinationNat, flow.destinationNatPort);
        putInt(7, flow.timeout);
        if (flow.mark != 0) {
            putInt(8, flow.mark);
        }
        zone(flow);
        labels(flow);
        finish();
    }

    /** An expectation, whose numbers are those of {@code CTA_EXPECT_*}. */
    void expect(Expected expected, int sequence, int flags) {
        Flow master = expected.master;
        boolean six = master.source instanceof Inet6Address;
        byte[] zero = new byte[six ? 16 : 4];
        byte[] ones = zero.clone();
        Arrays.fill(ones, (byte) 0xff);
        begin(EXP_NEW, REQUEST | CREATE | EXCL | flags, sequence, master.source);
        tuple(1, master, false);
        tuple(2, master.protocol, master.destination.getAddress(), 0, master.source.getAddress(), expected.port);
        tuple(3, master.protocol, ones, 0, ones, 0xffff);
        bytes(6, (master.helper + "\0").getBytes(StandardCharsets.US_ASCII));
        putInt(8, expected.flags);
        putInt(9, expected.policyClass);
        if (expected.translated) {
            int nat = nest(10);
            putInt(1, 1);
            tuple(2, master.protocol, zero, expected.port, zero, 0);
            end(nat);
            bytes(11, "nat-follow-master\0".getBytes(StandardCharsets.US_ASCII));
        }
        finish();
    }

    private void tuple(int type, int protocol, byte[] source, int sourcePort, byte[] destination,
            int destinationPort) {
        int tuple = nest(type);
        int ip = nest(1);
        bytes(source.length == 16 ? 3 : 1, source);
        bytes(source.length == 16 ? 4 : 2, destination);
        end(ip);
        int proto = nest(2);
        bytes(1, (byte) protocol);
        putShort(2, sourcePort);
        putShort(3, destinationPort);
        end(proto);
        end(tuple);
    }

    /** The parts of a flow that change while it lives. */
    void update(Flow flow, int sequence, int flags) {
        begin(CT_NEW, REQUEST | flags, sequence, flow.source);
        tuple(1, flow, false);
        putInt(3, flow.status);
        protocolInfo(flow);
        putInt(7, flow.timeout);
        putInt(8, flow.mark);
        zone(flow);
        labels(flow);
        finish();
    }

    void delete(Flow flow, int sequence, int flags) {
        begin(CT_DELETE, REQUEST | flags, sequence, flow.source);
        tuple(1, flow, false);
        zone(flow);
        finish();
    }

    void dump(int type, int sequence) {
        begin(type, REQUEST | DUMP, sequence, null);
        finish();
    }

    private void begin(int type, int flags, int sequence, InetAddress family) {
        messageStart = out.position();
        out.order(ByteOrder.nativeOrder());
        out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
        out.order(ByteOrder.BIG_ENDIAN);
        out.put(family == null ? 0 : family instanceof Inet6Address ? AF_INET6 : AF_INET);
        out.put((byte) 0).putShort((short) 0);
    }

    private void finish() {
        out.order(ByteOrder.nativeOrder());
        out.putInt(messageStart, out.position() - messageStart);
        out.order(ByteOrder.BIG_ENDIAN);
    }

    private void tuple(int type, Flow flow, boolean reply) {
        int tuple = nest(type);
        int ip = nest(1);
        boolean six = flow.source instanceof Inet6Address;
        bytes(six ? 3 : 1, (reply ? flow.destination : flow.source).getAddress());
        bytes(six ? 4 : 2, (reply ? flow.source : flow.destination).getAddress());
        end(ip);
        int proto = nest(2);
        bytes(1, (byte) flow.protocol);
        switch (flow.protocol) {
            case Flow.ICMP -> echo(4, flow.sourcePort, reply ? 0 : 8);
            case Flow.ICMPV6 -> echo(7, flow.sourcePort, reply ? 129 : 128);
            case Flow.DCCP, Flow.UNKNOWN -> { }
            default -> {
                putShort(2, reply ? flow.destinationPort : flow.sourcePort);
                putShort(3, reply ? flow.sourcePort : flow.destinationPort);
            }
        }
        end(proto);
        int zone = reply ? flow.replyZone : flow.originalZone;
        if (zone != 0) {
            putShort(3, zone);
        }
        end(tuple);
    }

    private void echo(int firstAttribute, int id, int type) {
        putShort(firstAttribute, id);
        bytes(firstAttribute + 1, (byte) type);
        bytes(firstAttribute + 2, (byte) 0);
    }

    private void protocolInfo(Flow flow) {
        if (flow.state < 0) {
            return;
        }
        int info = nest(4);
        if (flow.protocol == Flow.SCTP) {
            int sctp = nest(3);
            bytes(1, (byte) flow.state);
            putInt(2, flow.vtagOriginal);
            putInt(3, flow.vtagReply);
            end(sctp);
        } else {
            int tcp = nest(1);
            bytes(1, (byte) flow.state);
            byte flags = BE_LIBERAL;
            if (flow.scaleOriginal >= 0) {
                bytes(2, (byte) flow.scaleOriginal);
                bytes(3, (byte) flow.scaleReply);
                flags |= WINDOW_SCALE;
            }
            bytes(4, flags, flags);
            bytes(5, flags, flags);
            end(tcp);
        }
        end(info);
    }

    private void nat(int type, InetAddress address, int port) {
        if (address == null) {
            return;
        }
        int nat = nest(type);
        boolean six = address instanceof Inet6Address;
        bytes(six ? 4 : 1, address.getAddress());
        bytes(six ? 5 : 2, address.getAddress());
        int proto = nest(3);
        putShort(1, port);
        putShort(2, port);
        end(proto);
        end(nat);
    }

    private void zone(Flow flow) {
        if (flow.zone != 0) {
            putShort(18, flow.zone);
        }
    }

    private void labels(Flow flow) {
        if (flow.labels != null) {
            ByteBuffer words = ByteBuffer.allocate(4 * flow.labels.length).order(ByteOrder.nativeOrder());
            for (int word : flow.labels) {
                words.putInt(word);
            }
            bytes(22, words.array());
        }
    }

    private int nest(int type) {
        int start = out.position();
        header(4, type | NESTED);
        return start;
    }

    private void end(int start) {
        out.order(ByteOrder.nativeOrder()).putShort(start, (short) (out.position() - start));
        out.order(ByteOrder.BIG_ENDIAN);
    }

    private void putInt(int type, int value) {
        header(8, type);
        out.putInt(value);
    }

    private void putShort(int type, int value) {
        header(6, type);
        out.putShort((short) value).putShort((short) 0);
    }

    private void bytes(int type, byte... value) {
        header(4 + value.length, type);
        out.put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private void header(int length, int type) {
        out.order(ByteOrder.nativeOrder());
        out.putShort((short) length).putShort((short) type);
        out.order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d bytes of requests", out.position());
    }
}
