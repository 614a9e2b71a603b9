/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.SequenceAdjustment;
import org.statelink.conntrack.Tuple;

/** Random flows, of which all that is known can travel, and their comparison. */
final class Flows {
    private static final int[] PROTOCOLS = {IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.DCCP,
        IpProtocol.ICMP, IpProtocol.ICMPV6, IpProtocol.GRE, IpProtocol.UDPLITE, 50, 0, 255};

    private Flows() {
    }

    static void fill(Conntrack flow, Random random) {
        flow.clear();
        tuple(flow.original(), random);
        if (random.nextInt(8) == 0) {
            flow.original().setZone(random.nextInt(0x10000));
            flow.reply().setZone(random.nextInt(0x10000));
        }
        flow.setStatus(random.nextInt());
        if (random.nextInt(4) == 0) {
            tuple(flow.master(), random);
            flow.master().setIcmp(0, 0, 0);
        }
        if (random.nextBoolean()) {
            flow.setTimeout(random.nextInt());
        }
        if (random.nextBoolean()) {
            flow.setMark(random.nextInt());
        }
        if (random.nextBoolean()) {
            flow.setZone(random.nextInt(0x10000));
        }
        if (random.nextInt(8) != 0) {
            protocol(flow, random);
        }
        translation(flow, random);
        extensions(flow, random);
    }

    private static void tuple(Tuple tuple, Random random) {
        tuple.clear();
        if (random.nextBoolean()) {
            tuple.setIpv4(random.nextInt(), random.nextInt());
        } else {
            tuple.setIpv6Source(random.nextLong(), random.nextLong());
            tuple.setIpv6Destination(random.nextLong(), random.nextLong());
        }
        tuple.setProtocol(PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
        if (IpProtocol.isIcmp(tuple.protocol())) {
            tuple.setIcmp(random.nextInt(0x10000), random.nextInt(0x100), random.nextInt(0x100));
        } else if (IpProtocol.hasPorts(tuple.protocol()) || tuple.protocol() == IpProtocol.GRE) {
            tuple.setPorts(random.nextInt(0x10000), random.nextInt(0x10000));
        }
    }

    private static void protocol(Conntrack flow, Random random) {
        switch (flow.original().protocol()) {
            case IpProtocol.TCP -> {
                flow.protocol().setState(random.nextInt(0x100));
                flow.mark(Field.PROTOCOL_STATE);
                flow.protocol().setWindowScales(random.nextInt(0x100), random.nextInt(0x100));
                flow.mark(Field.TCP_WINDOW_SCALE);
            }
            case IpProtocol.SCTP -> {
                flow.protocol().setState(random.nextInt(0x100));
                flow.mark(Field.PROTOCOL_STATE);
                flow.protocol().setVtags(random.nextInt(), random.nextInt());
                flow.mark(Field.SCTP_VTAG);
            }
            case IpProtocol.DCCP -> {
                flow.protocol().setState(random.nextInt(0x100));
                flow.mark(Field.PROTOCOL_STATE);
                flow.protocol().setRole(random.nextInt(0x100));
                flow.mark(Field.DCCP_ROLE);
            }
            default -> { }
        }
    }

    private static void translation(Conntrack flow, Random random) {
        boolean ipv4 = flow.original().family() == Tuple.IPV4;
        if (random.nextInt(3) == 0) {
            flow.nat().setSource(ipv4 ? 0 : random.nextLong(), low(ipv4, random));
            flow.mark(Field.SNAT_ADDRESS);
        }
        if (random.nextInt(3) == 0) {
            flow.nat().setDestination(ipv4 ? 0 : random.nextLong(), low(ipv4, random));
            flow.mark(Field.DNAT_ADDRESS);
        }
        if (random.nextInt(3) == 0) {
            flow.nat().setSourcePort(random.nextInt(0x10000));
            flow.mark(Field.SNAT_PORT);
        }
        if (random.nextInt(3) == 0) {
            flow.nat().setDestinationPort(random.nextInt(0x10000));
            flow.mark(Field.DNAT_PORT);
        }
    }

    private static long low(boolean ipv4, Random random) {
        return ipv4 ? random.nextInt() & 0xffffffffL : random.nextLong();
    }

    private static void extensions(Conntrack flow, Random random) {
        if (random.nextInt(4) == 0) {
            flow.adjustOriginal().set(random.nextInt(), random.nextInt(), random.nextInt());
            flow.adjustReply().set(random.nextInt(), random.nextInt(), random.nextInt());
            flow.mark(Field.SEQUENCE_ADJUSTMENT);
        }
        if (random.nextInt(4) == 0) {
            flow.helper().set("netbios-ns1".substring(random.nextInt(11)));
            flow.mark(Field.HELPER);
        }
        if (random.nextInt(4) == 0) {
            flow.labels().clear(1 + random.nextInt(random.nextInt(16) == 0 ? 256 : 4));
            flow.labels().setWord(random.nextInt(flow.labels().length()), 1 << random.nextInt(32));
            flow.mark(Field.LABELS);
        }
        if (random.nextInt(4) == 0) {
            flow.synproxy().set(random.nextInt(), random.nextInt(), random.nextInt());
            flow.mark(Field.SYNPROXY);
        }
    }

    static void assertSame(Conntrack actual, Conntrack expected) {
        for (Field field : Field.values()) {
            assertThat(actual.has(field)).as(field.name()).isEqualTo(expected.has(field));
        }
        assertThat(describe(actual)).isEqualTo(describe(expected));
    }

    private static String describe(Conntrack flow) {
        StringBuilder text = new StringBuilder().append(flow.original()).append('\n').append(flow.master());
        text.append('\n').append(flow.reply()).append(' ').append(flow.status()).append(' ')
            .append(flow.timeout()).append(' ').append(flow.mark()).append(' ').append(flow.zone());
        for (Field field : Field.values()) {
            if (flow.has(field)) {
                text.append('\n').append(field).append(' ').append(value(flow, field));
            }
        }
        return text.toString();
    }

    private static String value(Conntrack flow, Field field) {
        return switch (field) {
            case PROTOCOL_STATE -> "" + flow.protocol().state();
            case TCP_WINDOW_SCALE -> flow.protocol().windowScaleOriginal() + " " + flow.protocol().windowScaleReply();
            case SCTP_VTAG -> flow.protocol().vtagOriginal() + " " + flow.protocol().vtagReply();
            case DCCP_ROLE -> "" + flow.protocol().role();
            case SNAT_ADDRESS -> flow.nat().sourceHigh() + " " + flow.nat().sourceLow();
            case DNAT_ADDRESS -> flow.nat().destinationHigh() + " " + flow.nat().destinationLow();
            case SNAT_PORT -> "" + flow.nat().sourcePort();
            case DNAT_PORT -> "" + flow.nat().destinationPort();
            case SEQUENCE_ADJUSTMENT -> value(flow.adjustOriginal()) + ' ' + value(flow.adjustReply());
            case HELPER -> flow.helper().toString();
            case LABELS -> labels(flow);
            case SYNPROXY -> flow.synproxy().isn() + " " + flow.synproxy().its() + ' ' + flow.synproxy().tsoff();
            default -> "";
        };
    }

    private static String value(SequenceAdjustment side) {
        return side.correctionPosition() + " " + side.offsetBefore() + ' ' + side.offsetAfter();
    }

    private static String labels(Conntrack flow) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < flow.labels().length(); i++) {
            text.append(Integer.toHexString(flow.labels().word(i))).append(' ');
        }
        return text.toString();
    }
}
