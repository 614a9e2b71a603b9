/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/** What a dump or flush request selects: family, mark, status and zone. */
final class KernelFilter {
    private static final int STATUS = 3;
    private static final int MARK = 8;
    private static final int ZONE = 18;
    private static final int MARK_MASK = 21;
    private static final int STATUS_MASK = 26;
    private static final int ANY_ZONE = -1;

    private final int family;
    private int mark;
    private int markMask;
    private int status;
    private int statusMask;
    private int zone = ANY_ZONE;

    private KernelFilter(int family) {
        this.family = family;
    }

    /** Reads the filter; null where the request is malformed. */
    static KernelFilter read(NetlinkMessage request, boolean honourFamily) {
        KernelFilter filter = new KernelFilter(
            honourFamily ? request.buffer().getUnsignedByte(request.payloadIndex()) : 0);
        AttributeReader in = new AttributeReader().reset(request.buffer(),
            request.payloadIndex() + NetlinkMessageWriter.NETFILTER_HEADER_LENGTH, request.payloadEnd());
        while (in.next()) {
            filter.read(in);
        }
        return in.failed() ? null : filter;
    }

    private void read(AttributeReader in) {
        switch (in.type()) {
            case MARK -> {
                mark = in.readInt();
                markMask = markMask == 0 ? ~0 : markMask;
            }
            case MARK_MASK -> markMask = in.readInt();
            case STATUS -> {
                status = in.readInt();
                statusMask = statusMask == 0 ? status : statusMask;
            }
            case STATUS_MASK -> statusMask = in.readInt();
            case ZONE -> zone = in.readUnsignedShort();
            default -> {
            }
        }
    }

    boolean isActive() {
        return markMask != 0 || statusMask != 0 || zone != ANY_ZONE;
    }

    boolean matches(Conntrack flow) {
        return (family == 0 || family == flow.original().family())
            && (flow.mark() & markMask) == (mark & markMask)
            && (flow.status() & statusMask) == (status & statusMask)
            && (zone == ANY_ZONE || zone == (flow.has(Field.ZONE) ? flow.zone() : 0));
    }
}
