/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.util.SortedSet;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.fail;

/** Comparison of large tables, telling only how they differ. */
public final class Tables {
    private static final int SHOWN = 8;

    private Tables() {
    }

    /** Fails unless both have the same lines. */
    public static void assertSame(String what, SortedSet<String> actual, SortedSet<String> expected) {
        if (actual.equals(expected)) {
            return;
        }
        TreeSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(actual);
        TreeSet<String> unexpected = new TreeSet<>(actual);
        unexpected.removeAll(expected);
        fail("%s has %d instead of %d lines; %d missing:%n%s%d unexpected:%n%s", what, actual.size(), expected.size(),
            missing.size(), some(missing), unexpected.size(), some(unexpected));
    }

    private static String some(SortedSet<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream().limit(SHOWN).forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }
}
