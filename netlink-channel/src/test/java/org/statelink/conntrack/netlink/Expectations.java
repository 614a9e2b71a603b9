/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/** Masters between the addresses of {@link Flows}, and what they expect: a connection back to the client. */
final class Expectations {
    private Expectations() {
    }

    /** A control connection whose helper is attached. */
    static Conntrack ftp(int port) {
        return withHelper(Flows.tcp(port), "ftp");
    }

    static Conntrack withHelper(Conntrack flow, String helper) {
        flow.helper().set(helper);
        flow.mark(Field.HELPER);
        return flow;
    }

    /** The server will connect to a port of the client, from any port. */
    static Expectation of(Conntrack master, int port) {
        Expectation expectation = new Expectation();
        expectation.master().set(master.original());
        expectation.master().setZone(0);
        expectation.expected().setInverse(master.original());
        expectation.expected().setPorts(0, port);
        fullMask(expectation);
        expectation.setTimeout(77);
        expectation.setFlags(0);
        expectation.setPolicyClass(0);
        expectation.helper().set(master.helper().toString());
        expectation.mark(ExpectationField.HELPER);
        if (master.has(Field.ZONE)) {
            expectation.setZone(master.zone());
        }
        return expectation;
    }

    private static void fullMask(Expectation expectation) {
        Tuple mask = expectation.mask();
        if (expectation.family() == Tuple.IPV4) {
            mask.setIpv4(~0, ~0);
        } else {
            mask.setIpv6Source(~0L, ~0L);
            mask.setIpv6Destination(~0L, ~0L);
        }
        mask.setProtocol(expectation.expected().protocol());
        mask.setPorts(0, 0xffff);
    }

    /** The client sees another address of the server: the connection is to be translated as its master is. */
    static Expectation translated(Expectation expectation) {
        Tuple nat = expectation.nat();
        if (expectation.family() == Tuple.IPV4) {
            nat.setIpv4(0, 0);
        } else {
            nat.setIpv6Source(0, 0);
            nat.setIpv6Destination(0, 0);
        }
        nat.setProtocol(IpProtocol.TCP);
        nat.setPorts(expectation.expected().destinationPort(), 0);
        expectation.mark(ExpectationField.NAT);
        expectation.setNatDirection(1);
        expectation.function().set("nat-follow-master");
        expectation.mark(ExpectationField.FUNCTION);
        return expectation;
    }

    static Expectation copy(Expectation expectation) {
        Expectation copy = new Expectation();
        copy.set(expectation);
        return copy;
    }

    /** Whether an expectation was made by these tests. */
    static boolean isOurs(Expectation expectation) {
        return expectation.master().sourceLow() == (Flows.CLIENT & 0xffffffffL)
            && expectation.master().sourceHigh() == 0 || expectation.master().sourceHigh() == Flows.V6_HIGH;
    }
}
