/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;

/**
 * Which flows a dump or a flush is about; the conditions are ANDed. The kernel selects, and a dump is checked again
 * on arrival, since old kernels ignore the status.
 *
 * @param family {@link org.statelink.conntrack.Tuple#IPV4}, IPV6, or UNSPECIFIED for both
 * @param mark wanted bits of the mark under the mask
 * @param markMask which bits of the mark count; 0 for none
 * @param status wanted {@link org.statelink.conntrack.Status} bits under the mask
 * @param statusMask which bits of the status count; 0 for none
 * @param zone the zone of both directions, or {@link #ANY_ZONE}
 * @param resetCounters whether a dump sets the counters back
 */
public record DumpOptions(int family, int mark, int markMask, int status, int statusMask, int zone,
                          boolean resetCounters) {
    /** Flows of every zone. */
    public static final int ANY_ZONE = -1;
    /** Every flow. */
    public static final DumpOptions ALL = family(0);

    /** Every flow of a family; 0 for every one. */
    public static DumpOptions family(int family) {
        return new DumpOptions(family, 0, 0, 0, 0, ANY_ZONE, false);
    }

    /** The same, but only flows whose mark is so under the mask. */
    public DumpOptions withMark(int mark, int mask) {
        return new DumpOptions(family, mark, mask, status, statusMask, zone, resetCounters);
    }

    /** The same, but only flows whose status is so under the mask. */
    public DumpOptions withStatus(int status, int mask) {
        return new DumpOptions(family, mark, markMask, status, mask, zone, resetCounters);
    }

    /** The same, but only flows of the zone. */
    public DumpOptions withZone(int zone) {
        return new DumpOptions(family, mark, markMask, status, statusMask, zone, resetCounters);
    }

    /** The same, and the counters are set back as they are read. */
    public DumpOptions withResetCounters() {
        return new DumpOptions(family, mark, markMask, status, statusMask, zone, true);
    }

    /** Whether the flow is one of those meant. The zone is not looked at: the kernel's own test knows directions. */
    public boolean matches(Conntrack flow) {
        return (family == 0 || family == flow.original().family())
            && (flow.mark() & markMask) == (mark & markMask)
            && (flow.status() & statusMask) == (status & statusMask);
    }
}
