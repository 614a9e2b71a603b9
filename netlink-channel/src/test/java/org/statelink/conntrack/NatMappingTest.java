/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NatMappingTest {
    private static final Field[] NAT = {Field.SNAT_ADDRESS, Field.DNAT_ADDRESS, Field.SNAT_PORT, Field.DNAT_PORT};

    private static Conntrack flow(int protocol) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(1, 2);
        flow.original().setProtocol(protocol);
        flow.original().setPorts(10, 20);
        flow.setStatus(Status.SRC_NAT_DONE | Status.DST_NAT_DONE);
        return flow;
    }

    private static void assertKnown(Conntrack flow, boolean... known) {
        for (int i = 0; i < NAT.length; i++) {
            assertThat(flow.has(NAT[i])).as(NAT[i].name()).isEqualTo(known[i]);
        }
    }

    @Test
    void shouldFindNothingInAPlainReply() {
        Conntrack flow = flow(IpProtocol.TCP);
        flow.reply().setInverse(flow.original());
        NatMapping.fromReply(flow);
        assertKnown(flow, false, false, false, false);
    }

    @Test
    void shouldLeaveAFlowWithoutReplyAlone() {
        Conntrack flow = flow(IpProtocol.TCP);
        flow.nat().setSource(0, 9);
        flow.mark(Field.SNAT_ADDRESS);
        NatMapping.fromReply(flow);
        assertKnown(flow, true, false, false, false);
    }

    @Test
    void shouldFindEachTranslationAndMakeTheSameReplyAgain() {
        for (int bits = 0; bits < 16; bits++) {
            Conntrack flow = flow(IpProtocol.UDP);
            flow.nat().setSource(0, 91);
            flow.nat().setDestination(0, 92);
            flow.nat().setSourcePort(93);
            flow.nat().setDestinationPort(94);
            for (int i = 0; i < NAT.length; i++) {
                if ((bits >> i & 1) != 0) {
                    flow.mark(NAT[i]);
                }
            }
            NatMapping.toReply(flow);
            Tuple reply = new Tuple();
            reply.set(flow.reply());
            for (Field field : NAT) {
                flow.forget(field);
            }
            NatMapping.fromReply(flow);
            assertKnown(flow, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
            NatMapping.toReply(flow);
            assertThat(flow.reply()).isEqualTo(reply);
        }
    }

    @Test
    void shouldBelieveTheStatus() {
        Conntrack flow = flow(IpProtocol.TCP);
        flow.reply().setIpv4(8, 9);
        flow.reply().setProtocol(IpProtocol.TCP);
        flow.setStatus(Status.SRC_NAT_DONE);
        NatMapping.fromReply(flow);
        assertKnown(flow, true, false, true, false);
        flow.setStatus(0);
        NatMapping.fromReply(flow);
        assertKnown(flow, false, false, false, false);
        flow.forget(Field.STATUS);
        NatMapping.fromReply(flow);
        assertKnown(flow, true, true, true, true);
    }

    @Test
    void shouldTellNoPortsOfIcmp() {
        Conntrack flow = flow(IpProtocol.ICMP);
        flow.original().setPorts(0, 0);
        flow.original().setIcmp(7, 8, 0);
        flow.reply().setInverse(flow.original());
        flow.reply().setIpv4Destination(99);
        flow.reply().setPorts(5, 6);
        NatMapping.fromReply(flow);
        assertKnown(flow, true, false, false, false);
        NatMapping.toReply(flow);
        assertThat(flow.reply().icmpType()).isZero();
        assertThat(flow.reply().destinationLow()).isEqualTo(99);
    }
}
