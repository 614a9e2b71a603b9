/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import java.util.Random;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/** Flows in which every field is there or not by chance. */
final class RandomFlows {
    private static final int[] PROTOCOLS = {IpProtocol.TCP, IpProtocol.UDP, IpProtocol.UDPLITE, IpProtocol.SCTP,
        IpProtocol.DCCP, IpProtocol.ICMP, IpProtocol.ICMPV6, IpProtocol.GRE, 50, 255};

    private final Random random;

    RandomFlows(long seed) {
        random = new Random(seed);
    }

    Conntrack next() {
        Conntrack flow = new Conntrack();
        int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        tuple(flow.original(), protocol);
        if (random.nextBoolean()) {
            tuple(flow.master(), PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
        }
        numbers(flow);
        protocol(flow, protocol);
        nat(flow);
        parts(flow);
        return flow;
    }

    private void tuple(Tuple tuple, int protocol) {
        if (random.nextBoolean()) {
            tuple.setIpv4(random.nextInt(), random.nextInt());
        } else {
            tuple.setIpv6Source(random.nextLong(), random.nextLong());
            tuple.setIpv6Destination(random.nextLong(), random.nextLong());
        }
        tuple.setProtocol(protocol);
        if (IpProtocol.hasPorts(protocol) || protocol == IpProtocol.GRE) {
            tuple.setPorts(random.nextInt(0x10000), random.nextInt(0x10000));
        } else if (IpProtocol.isIcmp(protocol)) {
            tuple.setIcmp(random.nextInt(0x10000), random.nextInt(0x100), random.nextInt(0x100));
        }
        tuple.setZone(random.nextBoolean() ? 0 : random.nextInt(0x10000));
    }

    private void numbers(Conntrack flow) {
        if (random.nextBoolean()) {
            flow.setStatus(random.nextInt());
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
        if (random.nextBoolean()) {
            flow.setId(random.nextInt());
        }
    }

    private void protocol(Conntrack flow, int protocol) {
        if (protocol == IpProtocol.TCP && random.nextBoolean()) {
            Flows.setScales(flow, random.nextInt(256), random.nextInt(256));
            flow.protocol().setFlagsOriginal(random.nextInt(256), random.nextInt(256));
            flow.protocol().setFlagsReply(random.nextInt(256), random.nextInt(256));
            flow.mark(Field.TCP_FLAGS);
        }
        boolean known = random.nextBoolean();
        if (known && protocol == IpProtocol.SCTP) {
            flow.protocol().setVtags(random.nextInt(), random.nextInt());
            flow.mark(Field.SCTP_VTAG);
        } else if (known && protocol == IpProtocol.DCCP) {
            flow.protocol().setRole(random.nextInt(2));
            flow.protocol().setHandshakeSequence(random.nextLong());
            flow.mark(Field.DCCP_ROLE);
            flow.mark(Field.DCCP_HANDSHAKE_SEQUENCE);
        }
        if (known && (protocol == IpProtocol.TCP || protocol == IpProtocol.SCTP || protocol == IpProtocol.DCCP)) {
            Flows.setState(flow, random.nextInt(256));
        }
    }

    private void nat(Conntrack flow) {
        boolean ipv4 = flow.original().family() == Tuple.IPV4;
        flow.nat().setSource(ipv4 ? 0 : random.nextLong(), ipv4 ? random.nextInt() & 0xffffffffL : random.nextLong());
        flow.nat().setDestination(ipv4 ? 0 : random.nextLong(),
            ipv4 ? random.nextInt() & 0xffffffffL : random.nextLong());
        flow.nat().setSourcePort(random.nextInt(0x10000));
        flow.nat().setDestinationPort(random.nextInt(0x10000));
        maybe(flow, Field.SNAT_ADDRESS);
        maybe(flow, Field.DNAT_ADDRESS);
        maybe(flow, Field.SNAT_PORT);
        maybe(flow, Field.DNAT_PORT);
    }

    private void parts(Conntrack flow) {
        flow.adjustOriginal().set(random.nextInt(), random.nextInt(), random.nextInt());
        flow.adjustReply().set(random.nextInt(), random.nextInt(), random.nextInt());
        maybe(flow, Field.SEQUENCE_ADJUSTMENT);
        flow.synproxy().set(random.nextInt(), random.nextInt(), random.nextInt());
        maybe(flow, Field.SYNPROXY);
        flow.helper().set("ftp-21-abcdefghij".substring(0, random.nextInt(16)));
        maybe(flow, Field.HELPER);
        flow.labels().clear(1 + random.nextInt(8));
        for (int i = 0; i < flow.labels().length(); i++) {
            flow.labels().setWord(i, random.nextInt() | 1);
        }
        maybe(flow, Field.LABELS);
    }

    private void maybe(Conntrack flow, Field field) {
        if (random.nextBoolean()) {
            flow.mark(field);
        }
    }
}
