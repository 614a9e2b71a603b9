/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine under the lab: limits that hold for all namespaces, and what an earlier run left behind. */
public final class Machine {
    private static final String PREFIX = "it-";
    private static final Pattern NAMESPACE = Pattern.compile(PREFIX + "(\\d+)-.+");
    private static final Map<String, Long> LIMITS = Map.of(
        "/proc/sys/net/netfilter/nf_conntrack_max", 1_000_000L,
        "/proc/sys/net/netfilter/nf_conntrack_buckets", 262_144L,
        "/proc/sys/net/core/rmem_max", 16_777_216L,
        "/proc/sys/net/core/wmem_max", 16_777_216L);

    private Machine() {
    }

    /** Raises the limits that the tests need. They are never lowered: others may rely on them. */
    public static void raiseLimits() {
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
    public static String namespaceName(String suffix) {
        return PREFIX + ProcessHandle.current().pid() + "-" + suffix;
    }

    /** Removes the namespaces of runs that were killed. */
    public static void removeLeftovers() {
        removeNamespaces(pid -> ProcessHandle.of(pid).isEmpty());
    }

    /** Removes the namespaces of this run. */
    public static void removeOwn() {
        removeNamespaces(pid -> pid == ProcessHandle.current().pid());
    }

    private static void removeNamespaces(LongPredicate ofRun) {
        for (String line : Commands.run("ip", "netns", "list").output().lines().toList()) {
            String name = line.split(" ", 2)[0];
            Matcher matcher = NAMESPACE.matcher(name);
            if (matcher.matches() && ofRun.test(Long.parseLong(matcher.group(1)))) {
                Namespace.delete(name);
            }
        }
    }
}
