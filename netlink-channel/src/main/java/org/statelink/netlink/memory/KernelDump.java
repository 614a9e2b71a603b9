/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import java.util.List;

/** A dump that a channel has begun and not read to its end. */
final class KernelDump {
    final int sequence;
    final List<KernelEntry> entries;
    final KernelFilter filter;
    final boolean resetCounters;
    int position;

    KernelDump(int sequence, List<KernelEntry> entries, KernelFilter filter, boolean resetCounters) {
        this.sequence = sequence;
        this.entries = entries;
        this.filter = filter;
        this.resetCounters = resetCounters;
    }

    boolean isAtEnd() {
        return position >= entries.size();
    }
}
