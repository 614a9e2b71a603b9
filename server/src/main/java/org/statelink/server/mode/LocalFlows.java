/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackEventType;

/** What becomes of this node's own flows and expectations on their way to the peers. On the state loop. */
public interface LocalFlows {
    /**
     * Something happened to a flow.
     *
     * @param flow its NAT fields are derived from the reply tuple; valid during the call
     * @param ownDoing whether this daemon caused it, so that the peers need not be told
     */
    void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing);

    /**
     * Something happened to an expectation.
     *
     * @param expectation valid during the call
     * @param ownDoing whether this daemon caused it, so that the peers need not be told
     */
    void onExpectation(ConntrackEventType type, Expectation expectation, boolean ownDoing);

    /** Tells the peers of everything, bit by bit; one under way starts over. */
    void sendAll();
}
