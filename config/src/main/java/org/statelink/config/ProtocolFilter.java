/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A filter by layer-4 protocol.
 *
 * @param action  what membership means
 * @param numbers the protocol numbers, 0 to 255; none matches nothing
 */
public record ProtocolFilter(Filter.Action action, SortedSet<Integer> numbers) {
    /** Checks the range and copies. */
    public ProtocolFilter {
        Objects.requireNonNull(action, "action");
        for (int number : numbers) {
            Limits.between(0, 255, number, "protocol");
        }
        numbers = Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
    }
}
