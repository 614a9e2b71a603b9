/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.statelink.config.AddressFilter;
import org.statelink.config.Filter;
import org.statelink.config.Network;
import org.statelink.config.ProtocolFilter;
import org.statelink.config.StateFilter;
import org.statelink.config.TcpState;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;

/** Filters made at random, and flows from so few addresses that each matches now and then. */
final class RandomFilters {
    private static final int IPV4 = 0x0ad50000;
    private static final long IPV6_HIGH = 0xfd53_7a11_0000_0000L;
    private static final int ADDRESSES = 12;
    private static final int[] PROTOCOLS = {IpProtocol.TCP, IpProtocol.UDP, IpProtocol.UDPLITE, IpProtocol.ICMP, 50};

    private final Random random;

    RandomFilters(Random random) {
        this.random = random;
    }

    /** Whether a flow is one of {@link #flow}. */
    static boolean isOurs(Conntrack flow) {
        return flow.original().family() == Tuple.IPV4 ? (flow.original().sourceLow() >>> 8) == IPV4 >>> 8
            : flow.original().sourceHigh() == IPV6_HIGH;
    }

    /** A filter in the kernel with one to three sets. */
    Filter any() {
        Optional<ProtocolFilter> protocols = random.nextInt(3) > 0 ? Optional.empty() : Optional.of(protocols());
        Optional<StateFilter> states = random.nextInt(3) > 0 ? Optional.empty() : Optional.of(states());
        Optional<AddressFilter> addresses = protocols.isPresent() && random.nextInt(3) == 0 ? Optional.empty()
            : Optional.of(new AddressFilter(action(), networks(1 + random.nextInt(6))));
        return new Filter(Filter.Place.KERNELSPACE, protocols, addresses, states);
    }

    /** A filter whose program is longer than the kernel takes, and which accepts nothing. */
    Filter tooLong() {
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            networks.add(new Network(ipv4(0xc0000000 | i << 4), 32));
        }
        return new Filter(Filter.Place.KERNELSPACE, Optional.empty(),
            Optional.of(new AddressFilter(Filter.Action.ACCEPT, networks)), Optional.empty());
    }

    private Filter.Action action() {
        return random.nextBoolean() ? Filter.Action.ACCEPT : Filter.Action.IGNORE;
    }

    private ProtocolFilter protocols() {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int protocol : PROTOCOLS) {
            if (random.nextBoolean()) {
                numbers.add(protocol);
            }
        }
        return new ProtocolFilter(action(), numbers);
    }

    private StateFilter states() {
        Set<TcpState> states = EnumSet.noneOf(TcpState.class);
        for (TcpState state : TcpState.values()) {
            if (random.nextBoolean()) {
                states.add(state);
            }
        }
        return new StateFilter(action(), states);
    }

    private List<Network> networks(int count) {
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean host = random.nextBoolean();
            networks.add(random.nextBoolean() ? new Network(ipv4(IPV4 | address()), host ? 32 : random.nextInt(33))
                : new Network(ipv6(address()), host ? 128 : random.nextInt(129)));
        }
        return networks;
    }

    private int address() {
        return 1 + random.nextInt(ADDRESSES);
    }

    private static InetAddress ipv4(int address) {
        return bytes(new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8),
            (byte) address});
    }

    private static InetAddress ipv6(int address) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (IPV6_HIGH >>> 56 - 8 * i);
        }
        bytes[15] = (byte) address;
        return bytes(bytes);
    }

    private static InetAddress bytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A flow that differs from those with other indices. */
    Conntrack flow(int index) {
        Conntrack flow = new Conntrack();
        boolean ipv6 = random.nextInt(3) == 0;
        if (ipv6) {
            flow.original().setIpv6Source(IPV6_HIGH, address());
            flow.original().setIpv6Destination(IPV6_HIGH, 0x100 | address());
        } else {
            flow.original().setIpv4(IPV4 | address(), IPV4 | (index + 1) << 8 | address());
        }
        int protocol = PROTOCOLS[random.nextInt(ipv6 ? 3 : PROTOCOLS.length)];
        flow.original().setProtocol(protocol);
        if (protocol == IpProtocol.ICMP) {
            flow.original().setIcmp(index, 8, 0);
        } else if (IpProtocol.hasPorts(protocol)) {
            flow.original().setPorts(1024 + index, 443);
        }
        flow.setTimeout(300);
        flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        if (protocol == IpProtocol.TCP) {
            flow.protocol().setState(1 + random.nextInt(7));
            flow.mark(Field.PROTOCOL_STATE);
        }
        // without ports, two of them could be translated into the same reply, which the kernel refuses
        if (!ipv6 && IpProtocol.hasPorts(protocol) && random.nextInt(3) == 0) {
            flow.nat().setDestination(0, IPV4 | address());
            flow.mark(Field.DNAT_ADDRESS);
        }
        return flow;
    }
}
