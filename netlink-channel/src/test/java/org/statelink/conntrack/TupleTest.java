/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TupleTest {
    private static Tuple icmp(int protocol, int type) {
        Tuple tuple = new Tuple();
        tuple.setIpv4(1, 2);
        tuple.setProtocol(protocol);
        tuple.setIcmp(77, type, 3);
        return tuple;
    }

    @Test
    void shouldSwapEndsInTheInverse() {
        Tuple tuple = new Tuple();
        tuple.setIpv6Source(1, 2);
        tuple.setIpv6Destination(3, 4);
        tuple.setProtocol(IpProtocol.TCP);
        tuple.setPorts(5, 6);
        tuple.setZone(7);
        Tuple inverse = new Tuple();
        inverse.setInverse(tuple);
        assertThat(inverse.family()).isEqualTo(Tuple.IPV6);
        assertThat(inverse.sourceHigh()).isEqualTo(3);
        assertThat(inverse.sourceLow()).isEqualTo(4);
        assertThat(inverse.destinationLow()).isEqualTo(2);
        assertThat(inverse.sourcePort()).isEqualTo(6);
        assertThat(inverse.zone()).isZero();
    }

    @Test
    void shouldMapTheIcmpTypeToItsAnswer() {
        int[][] pairs = {{IpProtocol.ICMP, 8, 0}, {IpProtocol.ICMP, 13, 14}, {IpProtocol.ICMP, 15, 16},
            {IpProtocol.ICMP, 17, 18}, {IpProtocol.ICMPV6, 128, 129}, {IpProtocol.ICMPV6, 139, 140}};
        Tuple inverse = new Tuple();
        for (int[] pair : pairs) {
            inverse.setInverse(icmp(pair[0], pair[1]));
            assertThat(inverse.icmpType()).isEqualTo(pair[2]);
            inverse.setInverse(icmp(pair[0], pair[2]));
            assertThat(inverse.icmpType()).isEqualTo(pair[1]);
            assertThat(inverse.icmpId()).isEqualTo(77);
            assertThat(inverse.icmpCode()).isEqualTo(3);
        }
        inverse.setInverse(icmp(IpProtocol.ICMP, 3));
        assertThat(inverse.icmpType()).isEqualTo(3);
        inverse.setInverse(icmp(IpProtocol.ICMPV6, 8));
        assertThat(inverse.icmpType()).isEqualTo(8);
    }

    @Test
    void shouldDifferInEveryPart() {
        Set<Tuple> all = new HashSet<>();
        for (int part = 0; part < 13; part++) {
            Tuple tuple = new Tuple();
            tuple.setIpv6Source(part == 0 ? 9 : 1, part == 1 ? 9 : 1);
            tuple.setIpv6Destination(part == 2 ? 9 : 1, part == 3 ? 9 : 1);
            tuple.setProtocol(part == 4 ? 9 : 1);
            tuple.setPorts(part == 5 ? 9 : 1, part == 6 ? 9 : 1);
            tuple.setIcmp(part == 7 ? 9 : 1, part == 8 ? 9 : 1, part == 9 ? 9 : 1);
            tuple.setZone(part == 10 ? 9 : 1);
            if (part == 11) {
                tuple.setIpv4(1, 1);
            }
            all.add(tuple);
            Tuple copy = new Tuple();
            copy.set(tuple);
            assertThat(copy).isEqualTo(tuple).hasSameHashCodeAs(tuple);
        }
        assertThat(all).hasSize(13);
        Tuple cleared = new Tuple();
        cleared.setIpv4(1, 2);
        cleared.clear();
        assertThat(cleared).isEqualTo(new Tuple());
        assertThat(cleared.isSet()).isFalse();
    }

    @Test
    void shouldSpreadSequentialTuplesOverTheBuckets() {
        Set<Integer> buckets = new HashSet<>();
        Tuple tuple = new Tuple();
        tuple.setProtocol(IpProtocol.TCP);
        for (int port = 0; port < 1024; port++) {
            tuple.setIpv4(0x0a000001, 0x0a000002);
            tuple.setPorts(port, 80);
            buckets.add(tuple.hashCode() & 1023);
        }
        assertThat(buckets).hasSizeGreaterThan(400);
    }
}
