/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.BitSet;
import org.statelink.config.Filter;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/**
 * The user-space filter: which of the kernel's flows the daemon takes note of. Immutable; any thread.
 *
 * <p>Source: docs of conntrackd's modes, section 10.2. The sets are asked in the order protocol, address, state, and
 * all must agree. An address matches if it is the original source or the reply source.
 */
public final class EventFilter {
    private final BitSet protocols = new BitSet(256);
    private final boolean protocolWanted;
    private final boolean anyProtocol;
    private final AddressSet addresses;
    private final boolean addressWanted;
    private final BitSet tcpStates = new BitSet(16);
    private final boolean stateWanted;
    private final boolean anyState;

    /** A filter that does what the configuration says. */
    public EventFilter(Filter filter) {
        anyProtocol = filter.protocols().isEmpty();
        protocolWanted = filter.protocols().map(set -> set.action() == Filter.Action.ACCEPT).orElse(true);
        filter.protocols().ifPresent(set -> set.numbers().forEach(protocols::set));
        addresses = filter.addresses().map(set -> new AddressSet(set.networks())).orElse(null);
        addressWanted = filter.addresses().map(set -> set.action() == Filter.Action.ACCEPT).orElse(true);
        anyState = filter.states().isEmpty();
        stateWanted = filter.states().map(set -> set.action() == Filter.Action.ACCEPT).orElse(true);
        filter.states().ifPresent(set -> set.states().forEach(state -> tcpStates.set(state.number())));
    }

    /** Whether the flow counts. It is as the kernel told it, with its reply tuple. */
    public boolean accepts(Conntrack flow) {
        return acceptsProtocol(flow) && acceptsAddress(flow) && acceptsState(flow);
    }

    private boolean acceptsProtocol(Conntrack flow) {
        return anyProtocol || protocols.get(flow.original().protocol()) == protocolWanted;
    }

    private boolean acceptsAddress(Conntrack flow) {
        return addresses == null || (hasSource(flow.original()) || hasSource(flow.reply())) == addressWanted;
    }

    private boolean hasSource(Tuple tuple) {
        return addresses.contains(tuple.family(), tuple.sourceHigh(), tuple.sourceLow());
    }

    private boolean acceptsState(Conntrack flow) {
        return anyState || flow.original().protocol() != IpProtocol.TCP || !flow.has(Field.PROTOCOL_STATE)
            || tcpStates.get(flow.protocol().state()) == stateWanted;
    }
}
