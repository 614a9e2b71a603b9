/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Tuple;

/**
 * Which addresses began the flows that ended within a window, by bytes of both directions and by number. Memory is
 * bounded whatever the traffic. On the state loop; adding allocates nothing.
 */
final class TopTalkers {
    private final SlidingHitters byBytes;
    private final SlidingHitters byFlows;

    TopTalkers(int windowSeconds, long nowNanos) {
        long window = TimeUnit.SECONDS.toNanos(windowSeconds);
        long seed = new SplittableRandom().nextLong();
        byBytes = new SlidingHitters(window, seed, nowNanos);
        byFlows = new SlidingHitters(window, seed, nowNanos);
    }

    void add(Conntrack flow, long nowNanos) {
        Tuple original = flow.original();
        long low = original.family() == Tuple.IPV4 ? Talker.IPV4_MAPPED | original.sourceLow() : original.sourceLow();
        byFlows.add(original.sourceHigh(), low, 1, nowNanos);
        long bytes = FlowBytes.of(flow);
        if (bytes > 0) {
            byBytes.add(original.sourceHigh(), low, bytes, nowNanos);
        }
    }

    List<Talker> byBytes(int most, long nowNanos) {
        return byBytes.heaviest(most, nowNanos);
    }

    List<Talker> byFlows(int most, long nowNanos) {
        return byFlows.heaviest(most, nowNanos);
    }
}
