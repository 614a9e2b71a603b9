/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.config.AddressFilter;
import org.statelink.config.Filter.Action;
import org.statelink.config.Filter;
import org.statelink.config.Network;
import org.statelink.config.ProtocolFilter;
import org.statelink.config.StateFilter;
import org.statelink.config.TcpState;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.NatMapping;

class EventFilterTest {
    private final Conntrack flow = new Conntrack();

    @BeforeEach
    void tcpFlow() {
        flow.original().setIpv4(0xc6336422, 0xc6336432);
        flow.original().setProtocol(IpProtocol.TCP);
        flow.original().setPorts(1025, 80);
        flow.protocol().setState(3);
        flow.mark(Field.PROTOCOL_STATE);
        NatMapping.toReply(flow);
    }

    @Test
    void shouldPassEverythingWithoutSets() {
        assertThat(new EventFilter(Filter.NONE).accepts(flow)).isTrue();
    }

    @Test
    void shouldAskTheProtocol() {
        assertThat(protocols(Action.ACCEPT, 6, 132).accepts(flow)).isTrue();
        assertThat(protocols(Action.IGNORE, 6, 132).accepts(flow)).isFalse();
        assertThat(protocols(Action.ACCEPT, 17).accepts(flow)).isFalse();
        assertThat(protocols(Action.IGNORE, 17).accepts(flow)).isTrue();
    }

    @Test
    void shouldMatchAddressesOfEitherEnd() throws Exception {
        assertThat(addresses(Action.IGNORE, "198.51.100.34", 32).accepts(flow)).isFalse();
        assertThat(addresses(Action.IGNORE, "198.51.100.50", 32).accepts(flow)).isFalse();
        assertThat(addresses(Action.IGNORE, "198.51.100.51", 32).accepts(flow)).isTrue();
        assertThat(addresses(Action.ACCEPT, "198.51.100.50", 32).accepts(flow)).isTrue();
    }

    @Test
    void shouldMatchTheRealDestinationAfterTranslation() throws Exception {
        flow.nat().setDestination(0, 0xcb007107L);
        flow.mark(Field.DNAT_ADDRESS);
        NatMapping.toReply(flow);

        assertThat(addresses(Action.IGNORE, "203.0.113.7", 32).accepts(flow)).isFalse();
        assertThat(addresses(Action.IGNORE, "198.51.100.50", 32).accepts(flow)).isTrue();
    }

    @Test
    void shouldMatchPrefixes() throws Exception {
        assertThat(addresses(Action.ACCEPT, "198.51.100.32", 28).accepts(flow)).isTrue();
        assertThat(addresses(Action.ACCEPT, "198.51.100.64", 26).accepts(flow)).isFalse();
        assertThat(addresses(Action.ACCEPT, "0.0.0.0", 0).accepts(flow)).isTrue();
    }

    @Test
    void shouldKeepFamiliesApart() throws Exception {
        assertThat(addresses(Action.ACCEPT, "::", 0).accepts(flow)).isFalse();
        flow.original().setIpv6Source(0x20010db800000000L, 1);
        flow.original().setIpv6Destination(0x20010db800000000L, 2);
        NatMapping.toReply(flow);
        assertThat(addresses(Action.ACCEPT, "2001:db8::", 32).accepts(flow)).isTrue();
        assertThat(addresses(Action.ACCEPT, "2001:db8::1", 128).accepts(flow)).isTrue();
        assertThat(addresses(Action.ACCEPT, "2001:db8::3", 128).accepts(flow)).isFalse();
        assertThat(addresses(Action.ACCEPT, "0.0.0.0", 0).accepts(flow)).isFalse();
    }

    @Test
    void shouldAskTheStateOfTcpOnly() {
        assertThat(states(Action.ACCEPT, TcpState.ESTABLISHED).accepts(flow)).isTrue();
        assertThat(states(Action.ACCEPT, TcpState.TIME_WAIT).accepts(flow)).isFalse();
        assertThat(states(Action.IGNORE, TcpState.ESTABLISHED).accepts(flow)).isFalse();

        flow.forget(Field.PROTOCOL_STATE);
        assertThat(states(Action.ACCEPT, TcpState.TIME_WAIT).accepts(flow)).isTrue();
        flow.original().setProtocol(IpProtocol.UDP);
        assertThat(states(Action.ACCEPT, TcpState.TIME_WAIT).accepts(flow)).isTrue();
    }

    private static EventFilter protocols(Action action, Integer... numbers) {
        return new EventFilter(new Filter(Filter.Place.USERSPACE,
            Optional.of(new ProtocolFilter(action, new TreeSet<>(Set.of(numbers)))), Optional.empty(),
            Optional.empty()));
    }

    private static EventFilter addresses(Action action, String address, int prefix) throws UnknownHostException {
        Network network = new Network(InetAddress.getByName(address), prefix);
        return new EventFilter(new Filter(Filter.Place.USERSPACE, Optional.empty(),
            Optional.of(new AddressFilter(action, List.of(network))), Optional.empty()));
    }

    private static EventFilter states(Action action, TcpState... states) {
        return new EventFilter(new Filter(Filter.Place.USERSPACE, Optional.empty(), Optional.empty(),
            Optional.of(new StateFilter(action, Set.of(states)))));
    }
}
