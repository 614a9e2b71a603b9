/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringTokenizer;

/** Asks this host, each source once. */
final class HostEnvironment implements Environment {
    private Set<String> interfaces;
    private Map<String, Integer> protocols;

    /** Reads the kernel's list instead of asking the JDK: a client that only wants the socket's path must be quick. */
    @Override
    public boolean hasInterface(String name) {
        if (interfaces == null) {
            interfaces = new HashSet<>();
            for (String line : lines("/proc/self/net/dev")) {
                int colon = line.lastIndexOf(':');
                if (colon > 0) {
                    interfaces.add(line.substring(0, colon).strip());
                }
            }
        }
        return interfaces.contains(name);
    }

    @Override
    public boolean hasAddress(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public OptionalLong sysctl(String name) {
        List<String> lines = lines("/proc/sys/" + name.replace('.', '/'));
        try {
            return lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public int protocolNumber(String name) {
        if (protocols == null) {
            protocols = new HashMap<>();
            for (String line : lines("/etc/protocols")) {
                add(line);
            }
        }
        int number = protocols.getOrDefault(name, -1);
        return number <= 255 ? number : -1;
    }

    @Override
    public String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }

    private void add(String line) {
        int comment = line.indexOf('#');
        StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
        String name = words.hasMoreTokens() ? words.nextToken() : "";
        String number = words.hasMoreTokens() ? words.nextToken() : "";
        try {
            int value = Integer.parseInt(number);
            protocols.putIfAbsent(name, value);
            while (words.hasMoreTokens()) {
                protocols.putIfAbsent(words.nextToken(), value);
            }
        } catch (NumberFormatException e) {
            // a line that is no entry: the C library skips it too
            return;
        }
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
