/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;

/** Makes flows, fixed ones and random ones. */
final class TestFlows {
    private static final int[] PROTOCOLS = {
        IpProtocol.TCP, IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6, IpProtocol.SCTP,
        IpProtocol.DCCP, IpProtocol.GRE, IpProtocol.UDPLITE, 50,
    };

    private TestFlows() {
    }

    /** An established TCP flow over IPv4, told apart by its number. */
    static Conntrack tcp(int number) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(0xc6336400 + (number >>> 16), 0xcb007132);
        flow.original().setProtocol(IpProtocol.TCP);
        flow.original().setPorts(number & 0xffff, 443);
        flow.setStatus(Status.CONFIRMED | Status.ASSURED | Status.SEEN_REPLY);
        flow.protocol().setState(3);
        flow.mark(Field.PROTOCOL_STATE);
        flow.setTimeout(432000);
        return flow;
    }

    /** A flow with one of {@code keys} identities of all kinds, otherwise random. */
    static Conntrack random(Random random, int keys) {
        Conntrack flow = identity(random.nextInt(keys));
        if (random.nextInt(8) != 0) {
            flow.setStatus(random.nextInt(0x10000));
        }
        if (random.nextInt(4) != 0) {
            flow.setTimeout(random.nextInt(1000));
        }
        if (random.nextInt(3) == 0) {
            flow.setMark(random.nextInt());
        }
        if (random.nextBoolean()) {
            flow.setId(random.nextInt() | 1);
        }
        addProtocol(flow, random);
        addNat(flow, random);
        addRare(flow, random);
        return flow;
    }

    /** A flow of which only the identity is known. */
    static Conntrack identity(int number) {
        Conntrack flow = new Conntrack();
        int protocol = PROTOCOLS[number % PROTOCOLS.length];
        int rest = number / PROTOCOLS.length;
        flow.original().setProtocol(protocol);
        if ((rest & 1) == 0 && protocol != IpProtocol.ICMPV6) {
            flow.original().setIpv4(0x0a000000 + (rest >>> 3 & 0xff), 0x0a800000 + (rest >>> 11));
        } else {
            flow.original().setIpv6Source(0x20010db800000000L, rest >>> 3 & 0xff);
            flow.original().setIpv6Destination(0x20010db800000001L, rest >>> 11);
        }
        if (IpProtocol.isIcmp(protocol)) {
            flow.original().setIcmp(rest >>> 3 & 0xffff, 8 * (rest >>> 2 & 1), 0);
        } else if (IpProtocol.hasPorts(protocol) || protocol == IpProtocol.GRE) {
            flow.original().setPorts(rest >>> 3 & 0xffff, 80 + (rest >>> 2 & 1));
        }
        if ((rest & 2) != 0) {
            flow.setZone(rest & 0xff);
            flow.original().setZone(rest >>> 2 & 3);
        }
        return flow;
    }

    private static void addProtocol(Conntrack flow, Random random) {
        if (random.nextInt(4) == 0) {
            return;
        }
        flow.protocol().setState(random.nextInt(10));
        flow.mark(Field.PROTOCOL_STATE);
        if (random.nextBoolean()) {
            flow.protocol().setWindowScales(random.nextInt(15), random.nextInt(15));
            flow.mark(Field.TCP_WINDOW_SCALE);
        }
        if (random.nextBoolean()) {
            flow.protocol().setVtags(random.nextInt(), random.nextInt());
            flow.mark(Field.SCTP_VTAG);
        }
        if (random.nextBoolean()) {
            flow.protocol().setRole(random.nextInt(2));
            flow.mark(Field.DCCP_ROLE);
        }
    }

    private static void addNat(Conntrack flow, Random random) {
        if (random.nextInt(4) == 0) {
            flow.nat().setSource(0, random.nextInt() & 0xffffffffL);
            flow.mark(Field.SNAT_ADDRESS);
            flow.nat().setSourcePort(random.nextInt(0x10000));
            flow.mark(Field.SNAT_PORT);
        }
        if (random.nextInt(4) == 0) {
            flow.nat().setDestination(0, random.nextInt() & 0xffffffffL);
            flow.mark(Field.DNAT_ADDRESS);
        }
    }

    private static void addRare(Conntrack flow, Random random) {
        if (random.nextInt(6) == 0) {
            flow.labels().clear(random.nextInt(9));
            for (int i = 0; i < flow.labels().length(); i++) {
                flow.labels().setWord(i, random.nextInt(3));
            }
            flow.mark(Field.LABELS);
        }
        if (random.nextInt(8) == 0) {
            flow.helper().set(random.nextBoolean() ? "ftp" : "netbios-ns");
            flow.mark(Field.HELPER);
        }
        if (random.nextInt(8) == 0) {
            flow.synproxy().set(random.nextInt(), random.nextInt(), random.nextInt());
            flow.mark(Field.SYNPROXY);
        }
        if (random.nextInt(10) == 0) {
            flow.adjustOriginal().set(random.nextInt(), 0, 4);
            flow.adjustReply().set(0, random.nextInt(), 0);
            flow.mark(Field.SEQUENCE_ADJUSTMENT);
        }
        if (random.nextInt(10) == 0) {
            flow.master().setIpv4(0xc0000201, random.nextInt());
            flow.master().setProtocol(IpProtocol.TCP);
            flow.master().setPorts(random.nextInt(0x10000), 21);
        }
    }

    /** The canonical encoding. */
    static byte[] encode(Conntrack flow) {
        ByteBuf out = Unpooled.buffer();
        ConntrackBody.encode(flow, out, true, true);
        return ByteBufUtil.getBytes(out);
    }

    /** The flow of an encoding. */
    static Conntrack decode(byte[] body) {
        Conntrack flow = new Conntrack();
        BodyResult result = ConntrackBody.decode(Unpooled.wrappedBuffer(body), flow);
        if (result != BodyResult.OK) {
            throw new AssertionError(result);
        }
        return flow;
    }

    /** A body that grows with {@code words}. */
    static Conntrack withLabels(Conntrack flow, int words) {
        flow.labels().clear(words);
        flow.labels().setWord(0, 1);
        flow.mark(Field.LABELS);
        return flow;
    }
}
