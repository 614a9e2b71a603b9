/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.sync.session.Peer;

/** What becomes of the peers' flows and expectations. On the state loop. */
public interface PeerFlows {
    /**
     * A peer told of a flow.
     *
     * @param type CT_NEW, CT_UPDATE or CT_DELETE of {@link org.statelink.sync.protocol.MessageType}
     * @param flow valid during the call
     */
    void onState(int type, Peer peer, Conntrack flow);

    /**
     * A peer told of an expectation.
     *
     * @param type EXP_NEW, EXP_UPDATE or EXP_DELETE of {@link org.statelink.sync.protocol.MessageType}
     * @param expectation valid during the call
     */
    void onExpectation(int type, Peer peer, Expectation expectation);
}
