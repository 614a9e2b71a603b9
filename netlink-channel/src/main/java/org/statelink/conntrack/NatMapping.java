/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/**
 * Turns the kernel's reply tuple into what the sync protocol says of translation, and back.
 *
 * <p>Source: docs of conntrackd's wire protocol, section 4.2. An address counts as translated only when the status
 * does not contradict it: it is unknown, or its NAT-done bit is set.
 */
public final class NatMapping {
    private NatMapping() {
    }

    /**
     * Fills the NAT fields from the reply tuple; those that do not apply are forgotten. Without a reply tuple nothing
     * changes. Ports are not told for protocols that have none.
     */
    public static void fromReply(Conntrack flow) {
        Tuple original = flow.original();
        Tuple reply = flow.reply();
        if (!reply.isSet()) {
            return;
        }
        boolean source = mayBeTranslated(flow, Status.SRC_NAT_DONE);
        boolean destination = mayBeTranslated(flow, Status.DST_NAT_DONE);
        boolean ports = IpProtocol.hasPorts(original.protocol()) || original.protocol() == IpProtocol.GRE;
        flow.nat().setSource(reply.destinationHigh(), reply.destinationLow());
        flow.nat().setDestination(reply.sourceHigh(), reply.sourceLow());
        flow.nat().setSourcePort(reply.destinationPort());
        flow.nat().setDestinationPort(reply.sourcePort());
        know(flow, Field.SNAT_ADDRESS, source && (reply.destinationLow() != original.sourceLow()
            || reply.destinationHigh() != original.sourceHigh()));
        know(flow, Field.DNAT_ADDRESS, destination && (reply.sourceLow() != original.destinationLow()
            || reply.sourceHigh() != original.destinationHigh()));
        know(flow, Field.SNAT_PORT, ports && source && reply.destinationPort() != original.sourcePort());
        know(flow, Field.DNAT_PORT, ports && destination && reply.sourcePort() != original.destinationPort());
    }

    private static boolean mayBeTranslated(Conntrack flow, int doneBit) {
        return !flow.has(Field.STATUS) || (flow.status() & doneBit) != 0;
    }

    private static void know(Conntrack flow, Field field, boolean known) {
        if (known) {
            flow.mark(field);
        } else {
            flow.forget(field);
        }
    }

    /**
     * Sets the reply tuple to what the kernel will make of the flow: the inverse, with translation applied. It keeps
     * its zone.
     */
    public static void toReply(Conntrack flow) {
        Tuple reply = flow.reply();
        Nat nat = flow.nat();
        int zone = reply.zone();
        reply.setInverse(flow.original());
        reply.setZone(zone);
        if (flow.has(Field.SNAT_ADDRESS)) {
            setDestination(reply, nat.sourceHigh(), nat.sourceLow());
        }
        if (flow.has(Field.DNAT_ADDRESS)) {
            setSource(reply, nat.destinationHigh(), nat.destinationLow());
        }
        if (!IpProtocol.isIcmp(reply.protocol())) {
            int source = flow.has(Field.DNAT_PORT) ? nat.destinationPort() : reply.sourcePort();
            reply.setPorts(source, flow.has(Field.SNAT_PORT) ? nat.sourcePort() : reply.destinationPort());
        }
    }

    private static void setSource(Tuple tuple, long high, long low) {
        if (tuple.family() == Tuple.IPV4) {
            tuple.setIpv4Source((int) low);
        } else {
            tuple.setIpv6Source(high, low);
        }
    }

    private static void setDestination(Tuple tuple, long high, long low) {
        if (tuple.family() == Tuple.IPV4) {
            tuple.setIpv4Destination((int) low);
        } else {
            tuple.setIpv6Destination(high, low);
        }
    }
}
