/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.sync.codec.StateReceiver;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.ExpectBody;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

/** The end of the road in: decodes what peers say and tells the session's listener, allocating nothing. */
final class IncomingStates implements StateReceiver {
    private final Reliability reliability;
    private final SessionListener listener;
    private final SyncCounters counters;
    private final Runnable afterwards;
    private final Conntrack flow = new Conntrack();
    private final Expectation expectation = new Expectation();

    /** Tells the listener; {@code afterwards} runs when all that came at once has been told. */
    IncomingStates(Reliability reliability, SessionListener listener, SyncCounters counters, Runnable afterwards) {
        this.reliability = reliability;
        this.listener = listener;
        this.counters = counters;
        this.afterwards = afterwards;
    }

    @Override
    public void onState(SyncMessage message) {
        BodyResult result = MessageType.isExpectation(message.type()) ? onExpectation(message) : onFlow(message);
        if (result == BodyResult.OK) {
            counters.increment(SyncCounter.STATES_RECEIVED);
        } else {
            counters.malformed(SyncCounter.MALFORMED_PAYLOAD);
        }
    }

    private BodyResult onExpectation(SyncMessage message) {
        BodyResult result = ExpectBody.decode(message.body(), expectation);
        if (result == BodyResult.OK) {
            listener.onExpectation(message.type(), reliability.sender(), expectation);
        }
        return result;
    }

    private BodyResult onFlow(SyncMessage message) {
        BodyResult result = ConntrackBody.decode(message.body(), flow);
        if (result == BodyResult.OK) {
            listener.onState(message.type(), reliability.sender(), flow, message.body());
        }
        return result;
    }

    @Override
    public void onResync(SyncMessage message) {
        listener.onResyncRequested(reliability.sender());
    }

    @Override
    public void onReadComplete() {
        afterwards.run();
    }
}
