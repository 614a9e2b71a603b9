/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Addresses as the C library reads them, without asking anybody. */
class AddressTextTest {
    @Test
    void shouldReadIpv4() throws Exception {
        assertThat(AddressText.ipv4("192.0.2.1")).isEqualTo(InetAddress.getByName("192.0.2.1"));
        assertThat(AddressText.ipv4("0377.010.0.1")).isEqualTo(InetAddress.getByName("255.8.0.1"));
        for (String bad : new String[] {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "08.1.1.1", "0400.1.1.1", "1..2.3",
            "a.b.c.d", "1.2.3.4 ", "::1", "1.2.3.4/24", "99999999999.1.1.1"}) {
            assertThat(AddressText.ipv4(bad)).as(bad).isNull();
        }
    }

    @Test
    void shouldReadIpv6() throws Exception {
        assertThat(AddressText.ipv6("2001:DB8::a")).isEqualTo(InetAddress.getByName("2001:db8::a"));
        assertThat(AddressText.ipv6("::ffff:a00:1")).isInstanceOf(Inet6Address.class);
        assertThat(AddressText.ipv6("::").getAddress()).containsOnly(0);
        for (String bad : new String[] {"", ":", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::", "::1/64", "cafe", ":1::", "1:::2", "g::", "fe80::1%lo", "1.2.3.4", "::1:"}) {
            assertThat(AddressText.ipv6(bad)).as(bad).isNull();
        }
    }

    @Test
    void shouldWriteTheShortestForm() {
        for (String text : new String[] {"::", "::1", "1::", "fd00::1", "1:0:2::3", "1::2:0:0:3:4", "1:2:3:4:5:6:7:8",
            "1:2:0:4:5:6:7:8", "ff02::77", "10.0.0.1"}) {
            assertThat(AddressText.format(AddressText.any(text))).isEqualTo(text);
        }
    }

    @Test
    void shouldReadWhatItWrites() {
        long seed = Long.getLong("statelink.test.seed", new Random().nextLong());
        System.out.println("AddressTextTest: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int group = 0; group < 8; group++) {
                text.append(group == 0 ? "" : ":");
                text.append(random.nextBoolean() ? "0" : Integer.toHexString(random.nextInt(65536)));
            }
            InetAddress address = AddressText.any(text.toString());
            assertThat(AddressText.any(AddressText.format(address))).as("seed %d: %s", seed, text).isEqualTo(address);
        }
    }
}
