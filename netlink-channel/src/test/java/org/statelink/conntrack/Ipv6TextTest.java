/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The expected texts are those of {@code inet_ntop(3)}. */
class Ipv6TextTest {
    private static String text(long high, long low) {
        return Addresses.format(Tuple.IPV6, high, low);
    }

    @Test
    void shouldShortenTheLongestRunOfZeros() {
        assertThat(text(0, 0)).isEqualTo("::");
        assertThat(text(0, 1)).isEqualTo("::1");
        assertThat(text(0x20010db800000000L, 1)).isEqualTo("2001:db8::1");
        assertThat(text(0x20010db800000000L, 0)).isEqualTo("2001:db8::");
        assertThat(text(0xfe80000000000000L, 0x0202b3fffe1e8329L)).isEqualTo("fe80::202:b3ff:fe1e:8329");
        assertThat(text(0x2001000000000001L, 0x0000000000000002L)).isEqualTo("2001:0:0:1::2");
        assertThat(text(0x2001000000000000L, 0x0001000000000002L)).isEqualTo("2001::1:0:0:2");
        assertThat(text(0x0000000000000001L, 0x0001000000000000L)).isEqualTo("::1:1:0:0:0");
    }

    @Test
    void shouldTakeTheFirstOfEqualRuns() {
        assertThat(text(0x2001000000000001L, 0x0002000000000003L)).isEqualTo("2001::1:2:0:0:3");
    }

    @Test
    void shouldNotShortenASingleZero() {
        assertThat(text(0x2001000000010002L, 0x0003000400050006L)).isEqualTo("2001:0:1:2:3:4:5:6");
        assertThat(text(0x0000000100020003L, 0x0004000500060000L)).isEqualTo("0:1:2:3:4:5:6:0");
    }

    @Test
    void shouldWriteEmbeddedIpv4AddressesInDots() {
        assertThat(text(0, 0xffffc0000201L)).isEqualTo("::ffff:192.0.2.1");
        assertThat(text(0, 0xc0000201L)).isEqualTo("::192.0.2.1");
        assertThat(text(0, 0xffff)).isEqualTo("::ffff");
    }

    @Test
    void shouldBeReadBackAsTheSameAddress() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int group = 0; group < 8; group++) {
                if (random.nextBoolean()) {
                    bytes[2 * group] = 0;
                    bytes[2 * group + 1] = 0;
                }
            }
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            String text = text(halves.getLong(), halves.getLong());
            assertThat(InetAddress.getByName(text)).as(text).isEqualTo(InetAddress.getByAddress(bytes));
        }
    }
}
