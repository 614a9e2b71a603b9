/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.netlink.ConntrackEventListener;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.cache.HeardFlows;

/** The road in from the event socket: counts, filters, and passes on. On the state loop; allocates nothing. */
public final class EventReceiver implements ConntrackEventListener {
    private final ExpectationFilter expectations;
    private final OwnPorts ownPorts;
    private final KernelCounters counters;
    private final FlowEvents events;
    private final HeardFlows heard;
    private final Runnable onOverrun;
    private EventFilter filter;

    /**
     * Passes on what the filters accept.
     *
     * @param heard is told of the flows that events are about
     * @param onOverrun runs when events were lost
     */
    public EventReceiver(EventFilter filter, ExpectationFilter expectations, OwnPorts ownPorts,
                         KernelCounters counters, FlowEvents events, HeardFlows heard, Runnable onOverrun) {
        this.filter = filter;
        this.expectations = expectations;
        this.ownPorts = ownPorts;
        this.counters = counters;
        this.events = events;
        this.heard = heard;
        this.onOverrun = onOverrun;
    }

    /** The filter from the next event on. */
    public void setFilter(EventFilter newFilter) {
        filter = newFilter;
    }

    @Override
    public void onEvent(ConntrackEventType type, int portId, Conntrack flow) {
        counters.eventReceived();
        if (!filter.accepts(flow)) {
            counters.eventFiltered();
            return;
        }
        if (ownPorts.isIgnored(portId)) {
            return;
        }
        heard.hear(flow);
        NatMapping.fromReply(flow);
        events.onFlow(type, flow, ownPorts.contains(portId));
    }

    @Override
    public void onExpectation(ConntrackEventType type, int portId, Expectation expectation) {
        counters.eventReceived();
        if (!expectations.accepts(expectation)) {
            counters.eventFiltered();
        } else if (!ownPorts.isIgnored(portId)) {
            events.onExpectation(type, expectation, ownPorts.contains(portId));
        }
    }

    @Override
    public void onReadComplete() {
        events.onBurstEnd();
    }

    @Override
    public void onOverrun() {
        counters.overrun();
        onOverrun.run();
    }
}
