/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.util.Locale;
import org.statelink.control.ControlRequest;

/** The words after {@code -s}, in the order in which prefixes are tried. */
enum StatisticsWord {
    NETWORK(ControlRequest.STATS_NETWORK),
    CACHE(ControlRequest.STATS_CACHE),
    RUNTIME(ControlRequest.STATS_RUNTIME),
    MULTICAST(ControlRequest.STATS_LINK),
    LINK(ControlRequest.STATS_LINK),
    RSQUEUE(ControlRequest.STATS_RSQUEUE),
    PROCESS(ControlRequest.STATS_PROCESS),
    QUEUE(ControlRequest.STATS_QUEUE),
    CT(ControlRequest.STATS),
    EXPECT(ControlRequest.EXP_STATS),
    /** Ours: cut to a prefix it is as unknown as it is to conntrackd. */
    FLOWS(ControlRequest.STATS_FLOWS);

    private final ControlRequest request;
    private final String word = name().toLowerCase(Locale.ROOT);

    StatisticsWord(ControlRequest request) {
        this.request = request;
    }

    ControlRequest request() {
        return request;
    }

    /** The first word that begins so; null if none does. */
    static StatisticsWord find(String prefix) {
        for (StatisticsWord candidate : values()) {
            if (candidate == FLOWS ? prefix.equals(candidate.word) : candidate.word.startsWith(prefix)) {
                return candidate;
            }
        }
        return null;
    }
}
