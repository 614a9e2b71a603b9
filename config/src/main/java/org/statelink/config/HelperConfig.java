/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Objects;

/**
 * One user-space helper.
 *
 * @param name        the helper, such as ftp
 * @param ipv6        whether it serves IPv6 ({@code inet6}) instead of IPv4 ({@code inet})
 * @param udp         whether it serves UDP instead of TCP
 * @param queueNumber the NFQUEUE number, at least 0; default 0
 * @param queueLength packets that the queue holds; default 0: left to the kernel
 * @param policies    what replaces the helper's own limits; default empty: nothing
 */
public record HelperConfig(
        String name, boolean ipv6, boolean udp, int queueNumber, int queueLength, List<Policy> policies) {
    /** Checks the ranges and copies. */
    public HelperConfig {
        Objects.requireNonNull(name, "name");
        Limits.atLeast(0, queueNumber, "queueNumber");
        Limits.atLeast(0, queueLength, "queueLength");
        policies = List.copyOf(policies);
    }

    /**
     * The limits of one kind of expectation.
     *
     * @param name          one of the helper's kinds, usually named as the helper
     * @param expectMax     how many expectations a flow may have open; default 0
     * @param expectTimeout seconds that an expectation waits; default 0
     */
    public record Policy(String name, int expectMax, int expectTimeout) {
        /** Checks the ranges. */
        public Policy {
            Objects.requireNonNull(name, "name");
            Limits.atLeast(0, expectMax, "expectMax");
            Limits.atLeast(0, expectTimeout, "expectTimeout");
        }
    }
}
