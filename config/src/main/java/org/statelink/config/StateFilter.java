/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A filter by TCP state. Flows of other protocols, and events that carry no state, pass.
 *
 * @param action what membership means
 * @param states the states
 */
public record StateFilter(Filter.Action action, Set<TcpState> states) {
    /** Copies. */
    public StateFilter {
        Objects.requireNonNull(action, "action");
        states = states.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(states));
    }
}
