/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackEventType;

/** Takes those of the kernel's events that the filter let through. On the state loop. */
public interface FlowEvents {
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

    /** No more events wait: a good moment to transmit. */
    void onBurstEnd();
}
