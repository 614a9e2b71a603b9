/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.codec.Errno;

/** What a kernel answers and tells of expectations: run on the double and on the real one. Leaves nothing behind. */
abstract class ExpectationContract {
    private KernelFixture fixture;
    private final Conntrack master = Expectations.ftp(2001);

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

    private int create(Expectation expectation) throws Exception {
        return fixture.errno(() -> fixture.client.create(expectation));
    }

    private int delete(Expectation expectation) throws Exception {
        return fixture.errno(() -> fixture.client.delete(expectation));
    }

    @Test
    void shouldTellOfAnExpectationFromItsCreationToItsEnd() throws Exception {
        fixture.create(master);
        Expectation expectation = Expectations.of(master, 20008);
        assertThat(create(expectation)).isZero();
        KernelFixture.Announcement created = fixture.announcement();
        assertThat(created.type()).isEqualTo(ConntrackEventType.NEW);
        assertThat(created.portId()).isEqualTo(fixture.client.portId());
        assertSame(created.expectation(), expectation);
        assertThat(created.expectation().has(ExpectationField.ID)).isTrue();

        assertThat(delete(expectation)).isZero();
        KernelFixture.Announcement destroyed = fixture.announcement();
        assertThat(destroyed.type()).isEqualTo(ConntrackEventType.DESTROY);
        assertSame(destroyed.expectation(), expectation);
        assertThat(destroyed.expectation().id()).isEqualTo(created.expectation().id());
        assertThat(fixture.get(expectation)).isNull();
    }

    @Test
    void shouldKeepWhatWasCreated() throws Exception {
        fixture.create(master);
        Expectation expectation = Expectations.translated(Expectations.of(master, 20008));
        expectation.setFlags(Expectation.PERMANENT | Expectation.INACTIVE);
        assertThat(create(expectation)).isZero();
        assertSame(fixture.get(expectation), expectation);
        assertThat(fixture.expectations(0)).hasSize(1);
        assertSame(fixture.expectations(Tuple.IPV4).getFirst(), expectation);
        assertThat(fixture.expectations(Tuple.IPV6)).isEmpty();
    }

    @Test
    void shouldKeepExpectationsOfIpv6() throws Exception {
        Conntrack ipv6 = Expectations.withHelper(Flows.ipv6(IpProtocol.TCP), "ftp");
        ipv6.original().setPorts(2002, 21);
        Flows.setState(ipv6, 3);
        fixture.create(ipv6);
        Expectation expectation = Expectations.translated(Expectations.of(ipv6, 20009));
        assertThat(create(expectation)).isZero();
        assertSame(fixture.get(expectation), expectation);
        assertThat(fixture.expectations(Tuple.IPV6)).hasSize(1);
    }

    private static void assertSame(Expectation actual, Expectation wanted) {
        assertThat(actual.expected()).isEqualTo(wanted.expected());
        assertThat(actual.mask()).isEqualTo(wanted.mask());
        assertThat(actual.master()).isEqualTo(wanted.master());
        assertThat(actual.flags()).isEqualTo(wanted.flags());
        assertThat(actual.policyClass()).isEqualTo(wanted.policyClass());
        assertThat(actual.helper()).hasToString(wanted.helper().toString());
        assertThat(actual.has(ExpectationField.NAT)).isEqualTo(wanted.has(ExpectationField.NAT));
        assertThat(actual.has(ExpectationField.FUNCTION)).isEqualTo(wanted.has(ExpectationField.FUNCTION));
        if (wanted.has(ExpectationField.NAT)) {
            assertThat(actual.nat()).isEqualTo(wanted.nat());
            assertThat(actual.natDirection()).isEqualTo(wanted.natDirection());
            assertThat(actual.function()).hasToString(wanted.function().toString());
        }
        // the helper's policy counts, not what the request says
        assertThat(actual.timeout()).isBetween(295, 300);
    }

    @Test
    void shouldAnswerWithTheReasonOfRefusal() throws Exception {
        Expectation expectation = Expectations.of(master, 20008);
        assertThat(create(expectation)).as("without a master").isEqualTo(Errno.ENOENT);
        assertThat(delete(expectation)).as("not there").isEqualTo(Errno.ENOENT);
        Conntrack helpless = Flows.tcp(2003);
        fixture.create(helpless);
        assertThat(create(Expectations.of(helpless, 20008))).as("without a helper").isEqualTo(Errno.EOPNOTSUPP);
        fixture.create(master);
        expectation.setPolicyClass(1);
        assertThat(create(expectation)).as("of a class that ftp has not").isEqualTo(Errno.EINVAL);
        expectation.setPolicyClass(0);
        assertThat(create(expectation)).isZero();
        assertThat(create(expectation)).as("there already").isEqualTo(Errno.EEXIST);
        Expectation unknown = Expectations.of(master, 20009);
        unknown.function().set("nonesuch");
        unknown.mark(ExpectationField.FUNCTION);
        assertThat(create(unknown)).as("an unknown function").isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldChangeTheTimeoutOnly() throws Exception {
        fixture.create(master);
        Expectation expectation = Expectations.of(master, 20008);
        assertThat(fixture.errno(() -> fixture.client.update(expectation))).isEqualTo(Errno.ENOENT);
        assertThat(create(expectation)).isZero();
        assertThat(fixture.errno(() -> fixture.client.update(expectation))).isZero();
        assertThat(fixture.get(expectation).timeout()).isBetween(74, 77);
    }

    @Test
    void shouldLetANewExpectationPushTheOldestOut() throws Exception {
        fixture.create(master);
        assertThat(create(Expectations.of(master, 20008))).isZero();
        assertThat(create(Expectations.of(master, 20009))).isZero();
        assertThat(fixture.expectations(0)).hasSize(1);
        assertThat(fixture.get(Expectations.of(master, 20008))).isNull();
        assertThat(fixture.announcement().type()).isEqualTo(ConntrackEventType.NEW);
        KernelFixture.Announcement pushedOut = fixture.announcement();
        assertThat(pushedOut.type()).isEqualTo(ConntrackEventType.DESTROY);
        assertThat(pushedOut.expectation().expected().destinationPort()).isEqualTo(20008);
        assertThat(fixture.announcement().type()).isEqualTo(ConntrackEventType.NEW);
    }

    @Test
    void shouldEndWithTheMaster() throws Exception {
        fixture.create(master);
        assertThat(create(Expectations.of(master, 20008))).isZero();
        assertThat(fixture.errno(() -> fixture.client.delete(master))).isZero();
        assertThat(fixture.announcement().type()).isEqualTo(ConntrackEventType.NEW);
        assertThat(fixture.announcement().type()).isEqualTo(ConntrackEventType.DESTROY);
        assertThat(fixture.expectations(0)).isEmpty();
    }

    @Test
    void shouldKeepClassesOfAHelperApart() throws Exception {
        Conntrack sip = Expectations.withHelper(Flows.udp(2004), "sip");
        sip.original().setPorts(2004, 5060);
        fixture.create(sip);
        for (int policyClass = 0; policyClass < 3; policyClass++) {
            Expectation expectation = Expectations.of(sip, 7000 + policyClass);
            expectation.setPolicyClass(policyClass);
            assertThat(create(expectation)).isZero();
            assertThat(fixture.get(expectation).policyClass()).isEqualTo(policyClass);
            assertThat(fixture.get(expectation).timeout()).isBetween(175, 180);
        }
        assertThat(fixture.expectations(0)).hasSize(3);
    }

    @Test
    void shouldFindExpectationsByZoneAndNotTellOfIt() throws Exception {
        master.setZone(5);
        fixture.create(master);
        Expectation zoned = Expectations.of(master, 20008);
        Expectation plain = Expectations.copy(zoned);
        plain.forget(ExpectationField.ZONE);
        assertThat(create(plain)).as("the master is in a zone").isEqualTo(Errno.ENOENT);
        assertThat(create(zoned)).isZero();
        assertThat(fixture.get(plain)).isNull();
        assertThat(fixture.get(zoned).has(ExpectationField.ZONE)).isFalse();
        assertThat(delete(plain)).isEqualTo(Errno.ENOENT);
        assertThat(delete(zoned)).isZero();
    }

    @Test
    void shouldFlush() throws Exception {
        fixture.create(master);
        assertThat(create(Expectations.of(master, 20008))).isZero();
        fixture.call(() -> fixture.client.flushExpectations());
        assertThat(fixture.expectations(0)).isEmpty();
        assertThat(fixture.get(master)).as("flows stay").isNotNull();
    }
}
