/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The classic files of the tests, and a host on which they are right. */
final class Fixtures {
    static final List<String> GOOD = List.of("ftfw-multicast", "notrack-udp", "alarm-tcp", "stats", "helpers",
        "former-names", "warnings", "empty");

    private static final Map<String, Integer> PROTOCOLS = Map.ofEntries(Map.entry("TCP", 6), Map.entry("tcp", 6),
        Map.entry("UDP", 17), Map.entry("udp", 17), Map.entry("ICMP", 1), Map.entry("IPv6-ICMP", 58),
        Map.entry("sctp", 132), Map.entry("vrrp", 112), Map.entry("fc", 133));

    private Fixtures() {
    }

    static byte[] classic(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/classic/" + name + ".conf")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConfigResult read(String text) throws ConfigException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    static ConfigResult read(byte[] bytes) throws ConfigException {
        return ConfigReader.read(bytes, "test.conf", new Host());
    }

    /** Has every interface but "nosuchdevice", every address, no settings, a few protocols. */
    static class Host implements Environment {
        @Override
        public boolean hasInterface(String name) {
            return !name.equals("nosuchdevice");
        }

        @Override
        public boolean hasAddress(InetAddress address) {
            return true;
        }

        @Override
        public OptionalLong sysctl(String name) {
            return OptionalLong.empty();
        }

        @Override
        public int protocolNumber(String name) {
            return PROTOCOLS.getOrDefault(name, -1);
        }

        @Override
        public String variable(String name) {
            return "";
        }
    }
}
