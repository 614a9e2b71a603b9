/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.util.Optional;
import java.util.OptionalLong;
import org.statelink.config.Environment;

/**
 * The kernel's connection table in this network namespace.
 *
 * @param entries flows in it, those that the daemon filters out included
 * @param maximum most flows
 */
public record KernelTable(long entries, long maximum) {
    /** As the kernel tells it now; empty while nothing is tracked. Reads two small files, so not on the state loop. */
    static Optional<KernelTable> read(Environment environment) {
        OptionalLong entries = environment.sysctl("net.netfilter.nf_conntrack_count");
        OptionalLong maximum = environment.sysctl("net.netfilter.nf_conntrack_max");
        return entries.isPresent() && maximum.isPresent()
            ? Optional.of(new KernelTable(entries.getAsLong(), maximum.getAsLong())) : Optional.empty();
    }
}
