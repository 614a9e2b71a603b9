/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import java.util.List;
import java.util.Map;

/**
 * What a helper lets be expected in one of its classes: the kernel's {@code struct nf_conntrack_expect_policy}.
 *
 * @param max expectations of one master; a further one pushes the oldest out
 * @param seconds lifetime of an expectation
 */
record ExpectationPolicy(int max, int seconds) {
    private static final List<ExpectationPolicy> ONE_CLASS = List.of(new ExpectationPolicy(1, 300));
    private static final Map<String, List<ExpectationPolicy>> BY_HELPER = Map.of(
        "sip", List.of(new ExpectationPolicy(1, 180), new ExpectationPolicy(4, 180), new ExpectationPolicy(4, 180),
            new ExpectationPolicy(2, 180)),
        "pptp", List.of(new ExpectationPolicy(2, 300)));

    /** The policies of a helper, by class. */
    static List<ExpectationPolicy> of(String helper) {
        return BY_HELPER.getOrDefault(helper, ONE_CLASS);
    }
}
