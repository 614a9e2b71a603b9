/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;

/** Hears of the kernel's conntrack events, on the loop of the event socket. Must not block. */
public interface ConntrackEventListener {
    /**
     * Something happened to a flow.
     *
     * @param type what happened
     * @param portId port id of the netlink socket whose request caused it; 0 for traffic and timers
     * @param flow what the event tells of it, with the kernel's reply tuple; reused, valid during the call
     */
    void onEvent(ConntrackEventType type, int portId, Conntrack flow);

    /**
     * Something happened to an expectation; told to those who joined its groups.
     *
     * @param type what happened; the kernel tells of no updates
     * @param portId port id of the netlink socket whose request caused it; 0 for helpers, traffic and timers
     * @param expectation reused, valid during the call
     */
    default void onExpectation(ConntrackEventType type, int portId, Expectation expectation) {
    }

    /** A burst of events was read: a good moment to transmit what they led to. */
    void onReadComplete();

    /** Events were lost, an unknown number of them; the socket goes on. Whoever mirrors the table reads it anew. */
    void onOverrun();
}
