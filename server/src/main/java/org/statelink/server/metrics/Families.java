/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Collects metric families. A family is made at once, with all its series; what has no series is left out. Names of
 * counters are given without their ending {@code _total}.
 */
final class Families {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String PREFIX = "statelink_";

    private final MetricSnapshots.Builder families = MetricSnapshots.builder();

    MetricSnapshots build() {
        return families.build();
    }

    void add(MetricSnapshot family) {
        families.metricSnapshot(family);
    }

    void counter(String name, String help, long value) {
        counters(name, help, List.of(value), none -> Labels.EMPTY, Long::longValue);
    }

    void gauge(String name, String help, long value) {
        gauges(name, help, List.of(value), none -> Labels.EMPTY, Long::doubleValue);
    }

    void gauge(String name, String help, boolean value) {
        gauge(name, help, value ? 1 : 0);
    }

    /** A time, given in nanoseconds and told in seconds. */
    void seconds(String name, String help, long nanos) {
        gauges(name, help, List.of(nanos), none -> Labels.EMPTY, Families::toSeconds);
    }

    static double toSeconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    /** A counter of each of several things. */
    <T> void counters(String name, String help, List<T> things, Function<T, Labels> labels, ToLongFunction<T> value) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(PREFIX + name).help(help);
        for (T thing : things) {
            family.dataPoint(CounterDataPointSnapshot.builder().labels(labels.apply(thing))
                .value((double) value.applyAsLong(thing)).build());
        }
        if (!things.isEmpty()) {
            add(family.build());
        }
    }

    /** A gauge of each of several things. */
    <T> void gauges(String name, String help, List<T> things, Function<T, Labels> labels, ToDoubleFunction<T> value) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(PREFIX + name).help(help);
        for (T thing : things) {
            family.dataPoint(GaugeDataPointSnapshot.builder().labels(labels.apply(thing))
                .value(value.applyAsDouble(thing)).build());
        }
        if (!things.isEmpty()) {
            add(family.build());
        }
    }

    /** One gauge for each constant: 1 for the one that holds, 0 for the others. */
    <E extends Enum<E>> void state(String name, String help, String label, E holds) {
        gauges(name, help, List.of(holds.getDeclaringClass().getEnumConstants()),
            each -> Labels.of(label, each.name().toLowerCase(Locale.ROOT)), each -> each == holds ? 1 : 0);
    }
}
