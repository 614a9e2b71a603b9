/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;

/** What the entries go to that answer a request. An entry that was not asked for is not taken. */
@FunctionalInterface
interface EntryTaker {
    /** Whether the entry, which is valid during the call, is one of those asked for. */
    boolean take(ConntrackEntry entry);

    /** All flows that the options let through. */
    static EntryTaker flows(DumpOptions options, FlowListener listener) {
        return entry -> {
            boolean wanted = entry instanceof Conntrack flow && options.matches(flow);
            if (wanted) {
                listener.onFlow((Conntrack) entry);
            }
            return wanted;
        };
    }

    /** All expectations. */
    static EntryTaker expectations(ExpectationListener listener) {
        return entry -> {
            if (entry instanceof Expectation expectation) {
                listener.onExpectation(expectation);
                return true;
            }
            return false;
        };
    }
}
