/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.statelink.it.lab.KernelEntry;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;

/**
 * What a pair of nodes commits otherwise than two of conntrackd 1.4.7, on purpose: what of a connection survives with
 * ours and is lost between those. Everything else is the same, field by field.
 *
 * @param concerned the connections as they were sent, in a setting
 * @param change is given the fields as sent, and those that conntrackd commits, which it makes those that have to be
 *     committed
 */
record DeliberateDifference(BiPredicate<Setting, KernelEntry> concerned,
                            BiConsumer<SortedMap<String, String>, SortedMap<String, String>> change) {
    private static final int TCP = 6;
    private static final int GRE = 47;
    private static final int SCTP = 132;
    private static final int UDPLITE = 136;
    private static final String WINDOW_SCALE_ALONE = "0100";

    /** The keys of a GRE tunnel and the ports of UDP-Lite travel if ours sends them, and conntrackd takes them. */
    private static final DeliberateDifference KEYS_AND_PORTS_TRAVEL = new DeliberateDifference(
        (setting, sent) -> setting.oursSends() && (sent.protocol() == GRE || sent.protocol() == UDPLITE),
        keep("original source port", "original destination port", "reply source port", "reply destination port"));
    /** An SCTP tag stays whole with us; conntrackd writes the flag of liberal TCP windows over its last byte. */
    private static final DeliberateDifference TAGS_STAY_WHOLE = new DeliberateDifference(
        (setting, sent) -> setting.oursCommits() && sent.protocol() == SCTP, keep("vtag original"));
    /** Window scales come with the flag without which the kernel drops them. */
    private static final DeliberateDifference WINDOW_SCALES_STAY = new DeliberateDifference(
        (setting, sent) -> setting.oursCommits() && setting.windowTracking() && sent.protocol() == TCP
            && !sent.fields().get("window scale reply").equals("00"),
        keep("window scale original", "window scale reply").andThen((sent, committed) -> {
            committed.put("TCP flags original", WINDOW_SCALE_ALONE);
            committed.put("TCP flags reply", WINDOW_SCALE_ALONE);
        }));

    private static final List<DeliberateDifference> ALL =
        List.of(KEYS_AND_PORTS_TRAVEL, TAGS_STAY_WHOLE, WINDOW_SCALES_STAY);

    /** Who sends and who commits, and whether {@code TCPWindowTracking} is on. */
    record Setting(Pair pair, boolean windowTracking) {
        boolean oursSends() {
            return pair.first() == Program.OURS;
        }

        boolean oursCommits() {
            return pair.second() == Program.OURS;
        }
    }

    private static BiConsumer<SortedMap<String, String>, SortedMap<String, String>> keep(String... fields) {
        return (sent, committed) -> List.of(fields).forEach(field -> committed.put(field, sent.get(field)));
    }

    /** Makes of what conntrackd commits of a connection what has to be committed in this setting. */
    static void apply(Setting setting, KernelEntry sent, SortedMap<String, String> committed) {
        for (DeliberateDifference difference : ALL) {
            if (difference.concerned.test(setting, sent)) {
                difference.change.accept(sent.fields(), committed);
            }
        }
    }
}
