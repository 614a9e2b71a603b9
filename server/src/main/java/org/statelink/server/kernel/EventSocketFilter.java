/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.ChannelException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.Filter;
import org.statelink.config.Network;
import org.statelink.config.TcpState;
import org.statelink.conntrack.Tuple;
import org.statelink.conntrack.netlink.AddressPrefix;
import org.statelink.conntrack.netlink.EventProgram;
import org.statelink.conntrack.netlink.EventProgram.Matching;
import org.statelink.netlink.BpfInstruction;
import org.statelink.netlink.NetlinkChannel;

/**
 * What the kernel is told to keep from the event socket: what this daemon's own requests caused, and, with {@code
 * Filter From Kernelspace}, what the configuration's filter ignores. It spares the daemon work and decides nothing:
 * {@link EventReceiver} looks at whatever comes. Expectations always come. Any thread.
 *
 * <p>The meaning is that of {@link EventFilter}. conntrackd's program differs from its own user-space filter: it looks
 * at the original destination in place of the reply's source, and accepts only if both ends are listed, so that events
 * and dumps disagree.
 */
public final class EventSocketFilter {
    private static final Logger LOG = LoggerFactory.getLogger(EventSocketFilter.class);

    private final OwnPorts ownPorts;
    private final NetlinkChannel socket;

    /** A filter on the event socket; all of the daemon's sockets that write are among the ports. */
    public EventSocketFilter(OwnPorts ownPorts, NetlinkChannel socket) {
        this.ownPorts = ownPorts;
        this.socket = socket;
    }

    /** Puts the program of this filter in the place of the one before, so that no event slips through between. */
    public void apply(Filter filter) {
        EventProgram program = new EventProgram().dropCausedBy(ownPorts.all());
        if (filter.place() != Filter.Place.KERNELSPACE || filter.isEmpty()) {
            attach(program.end());
            return;
        }
        addTests(program, filter);
        BpfInstruction[] code = program.end();
        if (code.length > BpfInstruction.MAX_INSTRUCTIONS) {
            LOG.warn("the filter is too long for the kernel: {} instructions of at most {}; filtering in user space",
                code.length, BpfInstruction.MAX_INSTRUCTIONS);
            attach(new EventProgram().dropCausedBy(ownPorts.all()).end());
        } else {
            attach(code);
        }
    }

    private void attach(BpfInstruction[] code) {
        try {
            socket.attachFilter(code);
        } catch (ChannelException e) {
            LOG.warn("the kernel refuses a filter on the event socket, all events come: {}",
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    static void addTests(EventProgram program, Filter filter) {
        filter.protocols().ifPresent(set -> program.protocols(
            set.numbers().stream().mapToInt(Integer::intValue).toArray(), matching(set.action())));
        filter.addresses().ifPresent(set -> program.sources(prefixes(set.networks()), matching(set.action())));
        filter.states().ifPresent(set -> program.tcpStates(
            set.states().stream().mapToInt(TcpState::number).toArray(), matching(set.action())));
    }

    private static Matching matching(Filter.Action action) {
        return action == Filter.Action.ACCEPT ? Matching.PASSES : Matching.IS_DROPPED;
    }

    static List<AddressPrefix> prefixes(List<Network> networks) {
        return networks.stream().map(EventSocketFilter::prefix).toList();
    }

    private static AddressPrefix prefix(Network network) {
        InetAddress address = network.address();
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return network.isIpv6()
            ? new AddressPrefix(Tuple.IPV6, bytes.getLong(), bytes.getLong(), network.prefixLength())
            : new AddressPrefix(Tuple.IPV4, 0, Integer.toUnsignedLong(bytes.getInt()), network.prefixLength());
    }
}
