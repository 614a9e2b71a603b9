/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine under the lab: limits that hold for all namespaces, and what an earlier run left behind. */
final class Machine {
    private static final String PREFIX = "it-";
    private static final Map<String, Long> LIMITS = Map.of(
        "/proc/sys/net/netfilter/nf_conntrack_max", 1_000_000L,
        "/proc/sys/net/netfilter/nf_conntrack_buckets", 262_144L,
        "/proc/sys/net/core/rmem_max", 16_777_216L,
        "/proc/sys/net/core/wmem_max", 16_777_216L);

    private Machine() {
    }

    /** Raises the limits that the tests need. They are never lowered: others may rely on them. */
    static void raiseLimits() {
        LIMITS.forEach((file, least) -> {
            try {
                Path path = Path.of(file);
                if (Long.parseLong(Files.readAllLines(path).getFirst()) < least) {
                    Files.writeString(path, least.toString());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A name for a namespace of this run. The process number in it tells a live run's from a dead one's. */
    static String namespaceName(String suffix) {
        return PREFIX + ProcessHandle.current().pid() + "-" + suffix;
    }

    /** Removes the namespaces of this run, and those of runs that were killed. */
    static void removeLeftovers() {
        for (String line : Commands.run("ip", "netns", "list").output().lines().toList()) {
            String name = line.split(" ", 2)[0];
            if (name.startsWith(PREFIX) && isOursOrDead(name)) {
                Namespace.delete(name);
            }
        }
    }

    private static boolean isOursOrDead(String name) {
        List<String> parts = List.of(name.split("-"));
        if (parts.size() < 3 || !parts.get(1).chars().allMatch(Character::isDigit)) {
            return false;
        }
        long pid = Long.parseLong(parts.get(1));
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }
}
