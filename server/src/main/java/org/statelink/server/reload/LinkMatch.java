/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.statelink.config.LinkConfig;
import org.statelink.config.MulticastLink;

/**
 * Which links of a new configuration are links that are open already. Links are the same if their sockets would be;
 * which one is used first does not matter.
 */
public final class LinkMatch {
    /** Stands for a link that has to be opened. */
    public static final int NEW = -1;

    private final List<LinkConfig> before;
    private final List<LinkConfig> after;
    private final int[] sources;
    private final boolean[] kept;

    private LinkMatch(List<LinkConfig> before, List<LinkConfig> after) {
        this.before = before;
        this.after = after;
        sources = new int[after.size()];
        kept = new boolean[before.size()];
        Arrays.fill(sources, NEW);
        for (int i = 0; i < sources.length; i++) {
            match(i);
        }
    }

    /** Compares. */
    public static LinkMatch between(List<LinkConfig> before, List<LinkConfig> after) {
        return new LinkMatch(before, after);
    }

    private void match(int index) {
        for (int i = 0; i < kept.length && sources[index] == NEW; i++) {
            if (!kept[i] && socket(before.get(i)).equals(socket(after.get(index)))) {
                kept[i] = true;
                sources[index] = i;
            }
        }
    }

    private static LinkConfig socket(LinkConfig link) {
        return link instanceof MulticastLink multicast
            ? new MulticastLink(false, multicast.interfaceName(), multicast.group(), multicast.interfaceAddress(),
                multicast.port(), multicast.sendBuffer(), multicast.receiveBuffer(), multicast.checksum())
            : link;
    }

    /** Index of the old link that a new one is, or {@link #NEW}. */
    public int source(int index) {
        return sources[index];
    }

    /** Whether an old link stays. */
    public boolean isKept(int oldIndex) {
        return kept[oldIndex];
    }

    /** Whether any link comes or goes, or moves to another place. */
    boolean isDifferent() {
        boolean different = kept.length != sources.length;
        for (int i = 0; i < sources.length; i++) {
            different |= sources[i] != i;
        }
        return different;
    }

    /** A line for each link that comes, goes or is opened anew; one for a new order, or another first one. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] == NEW) {
                boolean another = i < kept.length && !kept[i];
                lines.add("dedicated link " + name(after.get(i)) + (another ? " instead of " + name(before.get(i))
                    : " added"));
            }
        }
        for (int i = 0; i < kept.length; i++) {
            if (!kept[i] && (i >= sources.length || sources[i] != NEW)) {
                lines.add("dedicated link " + name(before.get(i)) + " removed");
            }
        }
        if (lines.isEmpty() && (isDifferent() || !before.equals(after))) {
            lines.add("order of the dedicated links");
        }
        return lines;
    }

    private static String name(LinkConfig link) {
        return "on " + link.interfaceName().orElse("no interface") + " port " + link.port();
    }
}
