/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.failover;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.statelink.it.lab.site.Streams;
import org.statelink.it.lab.site.Switchover;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What failovers took: keepalived's own time, from the fault until it gives the new master the addresses, and the stall
 * of each kind of stream, the longest time from then on in which nothing came in one of its directions. The stall is
 * what replication adds: a packet in midstream passes once its state has been committed. UDP tells it to 10 ms; TCP
 * tries again every 120 ms, so its stall may be longer by that.
 */
final class Figures {
    private static final String COLUMN = "%10s";

    private final String title;
    private final List<String> rows = new ArrayList<>();
    private final Map<String, List<Duration>> stalls = new LinkedHashMap<>();

    Figures(String title) {
        this.title = title;
    }

    /** Notes a failover after which the streams go on. */
    void add(Switchover switchover, Streams streams) {
        Map<String, Duration> silences = streams.longestSilences(switchover.tookOver());
        silences.forEach((stream, stall) -> stalls.computeIfAbsent(stream, first -> new ArrayList<>()).add(stall));
        rows.add(row(switchover.fault().name(), switchover.detection().toMillis(), silences.values()));
    }

    private static String row(String name, Object detection, Collection<Duration> stalls) {
        return "%-20s".formatted(name) + COLUMN.formatted(detection)
            + stalls.stream().map(stall -> COLUMN.formatted(stall.toMillis())).collect(Collectors.joining());
    }

    /**
     * The shortest stall of each kind of stream has to be within a limit: other work on the machine delays some, the
     * program itself all. Where more processes want to run than there are processors, each gets its share of them, and
     * the limit is that much longer.
     */
    void assertBestWithin(Duration limit) {
        double share = Math.max(1, load() / Runtime.getRuntime().availableProcessors());
        Duration stretched = Duration.ofNanos((long) (limit.toNanos() * share));
        assertThat(best()).allSatisfy(stall -> assertThat(stall).isLessThanOrEqualTo(stretched));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private Collection<Duration> best() {
        return each(List::getFirst);
    }

    private Collection<Duration> median() {
        return each(sorted -> sorted.get(sorted.size() / 2));
    }

    private Collection<Duration> each(Function<List<Duration>, Duration> choice) {
        return stalls.values().stream().map(all -> choice.apply(all.stream().sorted().toList())).toList();
    }

    /** Prints all of it in milliseconds, if there is any. */
    void print() {
        if (rows.isEmpty()) {
            return;
        }
        System.out.printf("%s, on a machine with a load of %.1f%n", title, load());
        System.out.println("%-20s".formatted("milliseconds") + COLUMN.formatted("detection")
            + stalls.keySet().stream().map(COLUMN::formatted).collect(Collectors.joining()));
        rows.forEach(System.out::println);
        System.out.println(row("best", "", best()));
        System.out.println(row("median", "", median()));
    }
}
