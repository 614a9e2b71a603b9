/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When what a stream carries in one direction arrived, and what was wrong with it. Any thread may call. */
final class Arrivals {
    private final String name;
    private final List<Long> moments = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    Arrivals(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Something arrived that has no place in an order. */
    synchronized void add() {
        moments.add(System.nanoTime());
    }

    /** The number of that name arrived, all of which come in order from 0 on. */
    synchronized void add(long number) {
        if (number != moments.size()) {
            fault(number + " came in the place of " + moments.size());
        }
        add();
    }

    /** What has arrived is wrong, or nothing can arrive any more. */
    synchronized void fault(String what) {
        faults.add(name + ", after " + moments.size() + ": " + what);
    }

    /** All that was wrong so far. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many arrived after a moment in nanoseconds. */
    synchronized long countSince(long moment) {
        return moments.stream().filter(arrival -> arrival - moment > 0).count();
    }

    /** The longest time without an arrival between a moment in nanoseconds and the last arrival. */
    synchronized Duration longestSilence(long since) {
        long longest = 0;
        long previous = since;
        for (long arrival : moments) {
            longest = Math.max(longest, arrival - previous);
            previous = Math.max(previous, arrival);
        }
        return Duration.ofNanos(longest);
    }

    /** Leaves the times of arrival, in microseconds since the first. */
    synchronized void save(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(faults);
        moments.forEach(arrival -> lines.add(Long.toString((arrival - moments.getFirst()) / 1000)));
        Files.write(folder.resolve(name.replace(' ', '-')), lines);
    }
}
