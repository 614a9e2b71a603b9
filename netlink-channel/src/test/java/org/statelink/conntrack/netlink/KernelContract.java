/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.codec.Errno;

/**
 * What a kernel answers and tells: run on the double and on the real one. Looks at its own addresses only, and leaves
 * nothing behind.
 */
abstract class KernelContract {
    private static final int OUR_MARK = 0x53a71177;

    private KernelFixture fixture;

    abstract NetlinkChannelFactory kernel();

    @BeforeEach
    void open() throws Exception {
        fixture = new KernelFixture(kernel());
        fixture.deleteOurs();
        fixture.forgetEvents();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    KernelFixture fixture() {
        return fixture;
    }

    private int create(Conntrack flow) throws Exception {
        return fixture.errno(() -> fixture.client.create(flow));
    }

    private int update(Conntrack flow) throws Exception {
        return fixture.errno(() -> fixture.client.update(flow));
    }

    private int delete(Conntrack flow) throws Exception {
        return fixture.errno(() -> fixture.client.delete(flow));
    }

    @Test
    void shouldTellOfAFlowFromItsCreationToItsEnd() throws Exception {
        Conntrack flow = Flows.udp(1001);
        flow.setMark(0x55);
        assertThat(create(flow)).isZero();
        KernelFixture.Event created = fixture.event();
        assertThat(created.type()).isEqualTo(ConntrackEventType.NEW);
        assertThat(created.portId()).isEqualTo(fixture.client.portId());
        assertThat(created.flow().original()).isEqualTo(flow.original());
        assertThat(created.flow().timeout()).isBetween(Flows.TIMEOUT - 2, Flows.TIMEOUT);
        assertThat(created.flow().mark()).isEqualTo(0x55);
        assertThat(created.flow().has(Field.ID)).isTrue();

        flow.setMark(0x56);
        assertThat(update(flow)).isZero();
        KernelFixture.Event updated = fixture.event();
        assertThat(updated.type()).isEqualTo(ConntrackEventType.UPDATE);
        assertThat(updated.flow().mark()).isEqualTo(0x56);

        assertThat(delete(flow)).isZero();
        KernelFixture.Event destroyed = fixture.event();
        assertThat(destroyed.type()).isEqualTo(ConntrackEventType.DESTROY);
        assertThat(destroyed.portId()).isEqualTo(fixture.client.portId());
        assertThat(destroyed.flow().status() & Status.DYING).isNotZero();
        assertThat(destroyed.flow().id()).isEqualTo(created.flow().id());
        assertThat(fixture.get(flow)).isNull();
    }

    @Test
    void shouldTellOnlyWhoeverIsInTheGroup() throws Exception {
        Conntrack unheard = Flows.udp(1025);
        fixture.subscription().setGroups(ConntrackGroup.UPDATE | ConntrackGroup.DESTROY);
        assertThat(create(unheard)).isZero();
        unheard.setMark(0x57);
        assertThat(update(unheard)).isZero();
        assertThat(fixture.event().type()).isEqualTo(ConntrackEventType.UPDATE);

        fixture.subscription().setGroups(ConntrackGroup.ALL);
        fixture.subscription().setGroups(ConntrackGroup.ALL);
        assertThat(create(Flows.udp(1026))).isZero();
        assertThat(fixture.event().type()).isEqualTo(ConntrackEventType.NEW);
        assertThat(delete(unheard)).isZero();
        assertThat(fixture.event().type()).isEqualTo(ConntrackEventType.DESTROY);
    }

    @Test
    void shouldAnswerWithTheReasonOfRefusal() throws Exception {
        Conntrack flow = Flows.udp(1002);
        assertThat(update(flow)).isEqualTo(Errno.ENOENT);
        assertThat(delete(flow)).isEqualTo(Errno.ENOENT);
        assertThat(create(flow)).isZero();
        assertThat(create(flow)).isEqualTo(Errno.EEXIST);
        Conntrack other = Flows.udp(1003);
        other.forget(Field.TIMEOUT);
        assertThat(create(other)).isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldRefuseToTakeStatusBack() throws Exception {
        Conntrack flow = Flows.tcp(1004);
        assertThat(create(flow)).isZero();
        flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY);
        assertThat(update(flow)).isEqualTo(Errno.EBUSY);
        flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        assertThat(update(flow)).isZero();
    }

    @Test
    void shouldTakeStatusThatOnlyGrows() throws Exception {
        Conntrack flow = Flows.tcp(1005);
        flow.setStatus(0);
        assertThat(create(flow)).isZero();
        assertThat(fixture.get(flow).status()).isEqualTo(Status.CONFIRMED);
        flow.setStatus(Status.SEEN_REPLY | Status.ASSURED | Status.DYING | Status.SRC_NAT);
        Flows.setState(flow, 5);
        flow.setTimeout(77);
        assertThat(update(flow)).isZero();
        Conntrack known = fixture.get(flow);
        assertThat(known.status()).isEqualTo(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        assertThat(known.protocol().state()).isEqualTo(5);
        assertThat(known.timeout()).isBetween(75, 77);
    }

    @Test
    void shouldTranslateBothEndsOfAnIpv4Flow() throws Exception {
        Conntrack flow = Flows.tcp(1006);
        flow.nat().setSource(0, 0xc6336434L);
        flow.nat().setSourcePort(41001);
        flow.nat().setDestination(0, 0xc0a80107L);
        flow.nat().setDestinationPort(8443);
        flow.mark(Field.SNAT_ADDRESS);
        flow.mark(Field.SNAT_PORT);
        flow.mark(Field.DNAT_ADDRESS);
        flow.mark(Field.DNAT_PORT);
        assertTranslated(flow);
    }

    @Test
    void shouldTranslateTheSourceOfAnIpv6Flow() throws Exception {
        Conntrack flow = Flows.ipv6(IpProtocol.UDP);
        flow.original().setPorts(1007, 53);
        flow.nat().setSource(Flows.V6_HIGH, 0xabcd);
        flow.nat().setSourcePort(41002);
        flow.mark(Field.SNAT_ADDRESS);
        flow.mark(Field.SNAT_PORT);
        assertTranslated(flow);
    }

    private void assertTranslated(Conntrack flow) throws Exception {
        assertThat(create(flow)).isZero();
        Conntrack known = fixture.get(flow);
        NatMapping.toReply(flow);
        assertThat(known.reply()).isEqualTo(flow.reply());
        assertThat(known.status() & Status.SRC_NAT_DONE).isNotZero();
        assertThat(known.status() & Status.SRC_NAT).isNotZero();
        assertThat(known.status() & Status.DST_NAT).isEqualTo(flow.has(Field.DNAT_ADDRESS) ? Status.DST_NAT : 0);
        NatMapping.fromReply(known);
        for (Field field : List.of(Field.SNAT_ADDRESS, Field.SNAT_PORT, Field.DNAT_ADDRESS, Field.DNAT_PORT)) {
            assertThat(known.has(field)).as(field.name()).isEqualTo(flow.has(field));
        }
        assertThat(known.nat().sourceLow()).isEqualTo(flow.nat().sourceLow());
        assertThat(known.nat().sourcePort()).isEqualTo(flow.nat().sourcePort());
    }

    @Test
    void shouldUpdateATranslatedFlowWithoutItsTranslation() throws Exception {
        Conntrack flow = Flows.tcp(1008);
        flow.nat().setSource(0, 0xc6336434L);
        flow.mark(Field.SNAT_ADDRESS);
        assertThat(create(flow)).isZero();
        Conntrack known = fixture.get(flow);
        NatMapping.fromReply(known);
        known.setTimeout(55);
        assertThat(update(known)).isZero();
        assertThat(fixture.get(flow).timeout()).isBetween(53, 55);
    }

    @Test
    void shouldAttachARelatedFlowToItsMaster() throws Exception {
        Conntrack master = Flows.tcp(1009);
        Conntrack related = Flows.tcp(1010);
        related.master().set(master.original());
        related.setStatus(related.status() | Status.EXPECTED);
        assertThat(create(related)).isEqualTo(Errno.ENOENT);
        assertThat(create(master)).isZero();
        assertThat(create(related)).isZero();
        Conntrack known = fixture.get(related);
        assertThat(known.master()).isEqualTo(master.original());
        assertThat(known.status() & Status.EXPECTED).isNotZero();
        related.setTimeout(44);
        assertThat(update(related)).isZero();
        related.setStatus(related.status() & ~Status.EXPECTED);
        assertThat(update(related)).isEqualTo(Errno.EBUSY);
    }

    @Test
    void shouldKeepWindowScalesOnlyWithTheirFlag() throws Exception {
        Conntrack without = Flows.tcp(1011);
        Flows.setScales(without, 7, 8);
        assertThat(create(without)).isZero();
        Conntrack with = Flows.tcp(1012);
        Flows.setScales(with, 7, 8);
        Flows.setFlags(with, 0x0b, 0x09);
        assertThat(create(with)).isZero();
        assertThat(fixture.get(without).protocol().windowScaleOriginal()).isZero();
        Conntrack known = fixture.get(with);
        assertThat(known.protocol().windowScaleOriginal()).isEqualTo(7);
        assertThat(known.protocol().windowScaleReply()).isEqualTo(8);
        assertThat(known.protocol().flagsOriginal()).isEqualTo(0x0b);
        assertThat(known.protocol().flagsReply()).isEqualTo(0x09);
        assertThat(known.protocol().state()).isEqualTo(3);
    }

    @Test
    void shouldServeOthersAfterAsManyEventsAsItWasTold() throws Exception {
        fixture.subscription().setEventsPerTurn(5);
        KernelFixture.await(fixture.loop().submit(() -> {
            fixture.client.onResult((token, errno, message) -> { });
            for (int port = 1; port <= 20; port++) {
                fixture.client.submit(ConntrackRequest.CREATE, Flows.udp(2000 + port), port);
            }
            fixture.client.flushRequests();
        }));

        for (int event = 1; event <= 20; event++) {
            assertThat(fixture.event().type()).isEqualTo(ConntrackEventType.NEW);
        }
        KernelFixture.await(fixture.loop().submit(() -> { }));
        assertThat(fixture.largestBurst).isEqualTo(5);
    }

    @Test
    void shouldTellZonesApart() throws Exception {
        Conntrack plain = Flows.udp(1013);
        Conntrack zoned = Flows.udp(1013);
        zoned.setZone(5);
        assertThat(create(zoned)).isZero();
        assertThat(fixture.get(plain)).isNull();
        assertThat(create(plain)).isZero();
        assertThat(fixture.get(zoned).zone()).isEqualTo(5);
        assertThat(fixture.get(plain).has(Field.ZONE)).isFalse();
        assertThat(fixture.dump(DumpOptions.ALL.withZone(5))).hasSize(1);
    }

    @Test
    void shouldKeepFlowsOfDirectionalZonesApart() throws Exception {
        Conntrack flow = Flows.udp(1014);
        flow.original().setZone(9);
        assertThat(create(flow)).isZero();
        assertThat(fixture.get(Flows.udp(1014))).isNull();
        Conntrack known = fixture.get(flow);
        assertThat(known.original().zone()).isEqualTo(9);
        assertThat(known.reply().zone()).isZero();
        assertThat(delete(flow)).isZero();
    }

    @Test
    void shouldKeepEveryProtocol() throws Exception {
        for (Conntrack flow : ProtocolFlows.all()) {
            assertThat(create(flow)).as("create %s", flow.original()).isZero();
            Conntrack known = fixture.get(flow);
            assertThat(known).as("get %s", flow.original()).isNotNull();
            assertThat(known.original()).isEqualTo(flow.original());
            NatMapping.toReply(flow);
            assertThat(known.reply()).isEqualTo(flow.reply());
            assertThat(known.has(Field.PROTOCOL_STATE)).as("state %s", flow.original())
                .isEqualTo(flow.has(Field.PROTOCOL_STATE));
            assertThat(delete(flow)).isZero();
        }
    }

    @Test
    void shouldKeepSctpTags() throws Exception {
        Conntrack flow = ProtocolFlows.sctp(1015);
        assertThat(create(flow)).isZero();
        Conntrack known = fixture.get(flow);
        assertThat(known.protocol().state()).isEqualTo(flow.protocol().state());
        assertThat(known.protocol().vtagOriginal()).isEqualTo(flow.protocol().vtagOriginal());
        assertThat(known.protocol().vtagReply()).isEqualTo(flow.protocol().vtagReply());
    }

    @Test
    void shouldKeepSequenceAdjustments() throws Exception {
        Conntrack plain = Flows.tcp(1016);
        Conntrack translated = Flows.tcp(1017);
        translated.nat().setSource(0, 0xc6336434L);
        translated.mark(Field.SNAT_ADDRESS);
        for (Conntrack flow : List.of(plain, translated)) {
            flow.adjustOriginal().set(1000, 3, 5);
            flow.adjustReply().set(2000, 4, 6);
            flow.mark(Field.SEQUENCE_ADJUSTMENT);
            assertThat(create(flow)).isZero();
            Conntrack known = fixture.get(flow);
            assertThat(known.has(Field.SEQUENCE_ADJUSTMENT)).isTrue();
            assertThat(known.status() & Status.SEQ_ADJUST).isNotZero();
            assertThat(known.adjustOriginal().correctionPosition()).isEqualTo(1000);
            assertThat(known.adjustOriginal().offsetBefore()).isEqualTo(3);
            assertThat(known.adjustReply().offsetAfter()).isEqualTo(6);
        }
    }

    @Test
    void shouldRefuseAnUnknownHelper() throws Exception {
        Conntrack flow = Flows.tcp(1018);
        flow.helper().set("nohelper");
        flow.mark(Field.HELPER);
        assertThat(create(flow)).isEqualTo(Errno.EOPNOTSUPP);
    }

    @Test
    void shouldDeleteOnlyWhatHasTheId() throws Exception {
        Conntrack flow = Flows.udp(1019);
        assertThat(create(flow)).isZero();
        int id = fixture.get(flow).id();
        flow.setId(id + 1);
        assertThat(delete(flow)).isEqualTo(Errno.ENOENT);
        flow.setId(id);
        assertThat(delete(flow)).isZero();
    }

    @Test
    void shouldDumpWhatTheFilterLetsThrough() throws Exception {
        Conntrack marked = Flows.udp(1020);
        marked.setMark(OUR_MARK);
        Conntrack unassured = Flows.udp(1021);
        unassured.setStatus(Status.CONFIRMED);
        Conntrack ipv6 = Flows.ipv6(IpProtocol.UDP);
        for (Conntrack flow : List.of(marked, unassured, ipv6)) {
            assertThat(create(flow)).isZero();
        }
        assertThat(fixture.dump(DumpOptions.ALL)).hasSize(3);
        assertThat(fixture.dump(DumpOptions.family(Tuple.IPV6))).hasSize(1);
        assertThat(fixture.dump(DumpOptions.ALL.withMark(OUR_MARK, ~0))).hasSize(1);
        assertThat(fixture.dump(DumpOptions.ALL.withMark(OUR_MARK & 0xff, 0xff))).hasSize(1);
        assertThat(fixture.dump(DumpOptions.ALL.withStatus(0, Status.ASSURED))).hasSize(1);
        assertThat(fixture.dump(DumpOptions.family(Tuple.IPV4).withStatus(Status.ASSURED, Status.ASSURED)))
            .hasSize(1);
    }

    @Test
    void shouldFlushWhatTheFilterLetsThrough() throws Exception {
        Conntrack marked = Flows.udp(1022);
        marked.setMark(OUR_MARK);
        assertThat(create(marked)).isZero();
        assertThat(create(Flows.udp(1023))).isZero();
        fixture.call(() -> fixture.client.flush(DumpOptions.ALL.withMark(OUR_MARK, ~0)));
        assertThat(fixture.dump(DumpOptions.ALL)).hasSize(1);
        assertThat(fixture.event(ConntrackEventType.DESTROY).portId()).isEqualTo(fixture.client.portId());
    }

    @Test
    void shouldKeepSynproxyOfTcp() throws Exception {
        Conntrack flow = Flows.tcp(1024);
        flow.synproxy().set(11, 22, 33);
        flow.mark(Field.SYNPROXY);
        assertThat(create(flow)).isZero();
        Conntrack known = fixture.get(flow);
        assertThat(known.synproxy().isn()).isEqualTo(11);
        assertThat(known.synproxy().tsoff()).isEqualTo(33);
    }
}
