/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;

/** Is told what the peers say. Called on the state loop. */
public interface SessionListener {
    /**
     * The state of a flow, valid, to be applied to the external cache.
     *
     * @param type CT_NEW, CT_UPDATE or CT_DELETE of {@link org.statelink.sync.protocol.MessageType}
     * @param flow reused: valid during the call
     * @param body the attributes as they were received, all readable bytes; valid during the call, not to be released
     */
    void onState(int type, Peer peer, Conntrack flow, ByteBuf body);

    /**
     * The state of an expectation, valid, to be applied to the external cache.
     *
     * @param type EXP_NEW, EXP_UPDATE or EXP_DELETE of {@link org.statelink.sync.protocol.MessageType}
     * @param expectation reused: valid during the call
     */
    default void onExpectation(int type, Peer peer, Expectation expectation) {
    }

    /** The peer wants everything. */
    void onResyncRequested(Peer peer);
}
