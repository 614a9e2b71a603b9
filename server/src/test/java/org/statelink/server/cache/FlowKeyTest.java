/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;

class FlowKeyTest {
    @Test
    void shouldTellFlowsApartByAddressesPortsProtocolAndZones() {
        Conntrack flow = TestFlows.tcp(1);
        assertDifferent(flow, other -> other.original().setIpv4Source(1));
        assertDifferent(flow, other -> other.original().setIpv4Destination(1));
        assertDifferent(flow, other -> other.original().setPorts(1, 444));
        assertDifferent(flow, other -> other.original().setPorts(2, 443));
        assertDifferent(flow, other -> other.original().setProtocol(IpProtocol.UDP));
        assertDifferent(flow, other -> other.setZone(5));
        assertDifferent(flow, other -> other.original().setZone(5));
        assertDifferent(flow, other -> other.original().setIpv6Source(0, other.original().sourceLow()));
    }

    @Test
    void shouldTellIpv6FlowsApartByEveryPartOfTheirAddresses() {
        Conntrack flow = TestFlows.tcp(1);
        flow.original().setIpv6Source(1, 2);
        flow.original().setIpv6Destination(3, 4);
        assertDifferent(flow, other -> other.original().setIpv6Source(9, 2));
        assertDifferent(flow, other -> other.original().setIpv6Source(1, 9));
        assertDifferent(flow, other -> other.original().setIpv6Destination(9, 4));
        assertDifferent(flow, other -> other.original().setIpv6Destination(3, 9));
    }

    @Test
    void shouldTellIcmpFlowsApartByIdTypeAndCode() {
        Conntrack flow = TestFlows.tcp(1);
        flow.original().setProtocol(IpProtocol.ICMP);
        flow.original().setIcmp(7, 8, 0);
        assertDifferent(flow, other -> other.original().setIcmp(8, 8, 0));
        assertDifferent(flow, other -> other.original().setIcmp(7, 13, 0));
        assertDifferent(flow, other -> other.original().setIcmp(7, 8, 1));
        assertSame(flow, other -> other.original().setPorts(5, 6));
    }

    @Test
    void shouldTellGreTunnelsApartByTheirKeys() {
        Conntrack flow = TestFlows.tcp(1);
        flow.original().setProtocol(IpProtocol.GRE);
        assertDifferent(flow, other -> other.original().setPorts(1, 444));
    }

    @Test
    void shouldTakeOtherProtocolsByTheirAddresses() {
        Conntrack flow = TestFlows.tcp(1);
        flow.original().setProtocol(50);
        assertSame(flow, other -> other.original().setPorts(9, 9));
    }

    @Test
    void shouldNotTellFlowsApartByTheRest() {
        Conntrack flow = TestFlows.tcp(1);
        assertSame(flow, other -> other.setStatus(0));
        assertSame(flow, other -> other.setMark(5));
        assertSame(flow, other -> other.setId(5));
        assertSame(flow, other -> other.setZone(0));
        assertSame(flow, other -> other.protocol().setState(0));
    }

    @Test
    void shouldSpreadNeighbours() {
        EntryHasher hasher = EntryHasher.keyedAtRandom();
        FlowKey key = new FlowKey();
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            key.set(TestFlows.tcp(i));
            hashes.add(hasher.hash(key) & 0xffff);
        }
        // 10,000 balls in 65,536 bins hit 9,273 of them, give or take 26.
        assertThat(hashes.size()).isBetween(9000, 9500);
    }

    @Test
    void shouldHashUnderASecretKey() {
        FlowKey key = new FlowKey();
        key.set(TestFlows.tcp(1));
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            hashes.add(EntryHasher.keyedAtRandom().hash(key));
        }
        assertThat(hashes.size()).isGreaterThan(12);
    }

    @Test
    void shouldHashAsSipHashDoes() {
        // 0, 1, … 15 is the key; the messages are the empty one and a single 0.
        SipHash sip = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        sip.begin();
        assertThat(sip.end(0, 0)).isEqualTo(0xabac0158050fc4dcL);
        sip.begin();
        assertThat(sip.end(1, 0)).isEqualTo(0xc9f49bf37d57ca93L);
    }

    private static void assertDifferent(Conntrack flow, Consumer<Conntrack> change) {
        assertThat(finds(flow, change)).isFalse();
    }

    private static void assertSame(Conntrack flow, Consumer<Conntrack> change) {
        assertThat(finds(flow, change)).isTrue();
    }

    /** With all hashes equal, so that it is the comparison that tells. */
    private static boolean finds(Conntrack flow, Consumer<Conntrack> change) {
        try (EntryTable table = new EntryTable(key -> 0, 64)) {
            FlowKey key = new FlowKey();
            byte[] body = TestFlows.encode(flow);
            key.set(flow);
            table.insert(key, body, body.length);
            Conntrack other = new Conntrack();
            other.set(flow);
            change.accept(other);
            key.set(other);
            SipHash sip = new SipHash(1, 2);
            long changed = key.hash(sip);
            boolean found = table.find(key) != 0;
            key.set(flow);
            assertThat(key.hash(sip) == changed).isEqualTo(found);
            return found;
        }
    }
}
