/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Field;

/** Flows with a helper, and what they expect, told apart by their ports. */
public final class Expectations {
    private Expectations() {
    }

    /** A control connection of a helper, from a client's port. */
    public static Conntrack master(int sourcePort, String helper) {
        Conntrack flow = Flows.tcp(sourcePort);
        flow.helper().set(helper);
        flow.mark(Field.HELPER);
        return flow;
    }

    /** The server of an ftp master will connect to a port of the client. */
    public static Expectation of(int masterPort, int port) {
        return of(master(masterPort, "ftp"), port);
    }

    /** The server of a master will connect to a port of the client. */
    public static Expectation of(Conntrack master, int port) {
        Expectation expectation = new Expectation();
        expectation.master().set(master.original());
        expectation.expected().setInverse(master.original());
        expectation.expected().setPorts(0, port);
        expectation.mask().setIpv4(~0, ~0);
        expectation.mask().setProtocol(expectation.expected().protocol());
        expectation.mask().setPorts(0, 0xffff);
        expectation.setTimeout(200);
        expectation.setFlags(0);
        expectation.setPolicyClass(0);
        expectation.helper().set(master.helper().toString());
        expectation.mark(ExpectationField.HELPER);
        return expectation;
    }

    /** The same, translated as its master is. */
    public static Expectation translated(Expectation expectation) {
        expectation.nat().setIpv4(0, 0);
        expectation.nat().setProtocol(expectation.expected().protocol());
        expectation.nat().setPorts(expectation.expected().destinationPort(), 0);
        expectation.mark(ExpectationField.NAT);
        expectation.setNatDirection(1);
        expectation.function().set("nat-follow-master");
        expectation.mark(ExpectationField.FUNCTION);
        return expectation;
    }
}
