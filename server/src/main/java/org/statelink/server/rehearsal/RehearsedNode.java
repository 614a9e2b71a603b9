/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.rehearsal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import org.slf4j.helpers.NOPLogger;
import org.statelink.config.Filter;
import org.statelink.config.Options;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.kernel.CachedWrites;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.DoubtfulFlows;
import org.statelink.server.kernel.EventFilter;
import org.statelink.server.kernel.EventReceiver;
import org.statelink.server.kernel.EventSocketFilter;
import org.statelink.server.kernel.ExpectationFilter;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.OwnPorts;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.kernel.QuietCommit;
import org.statelink.server.mode.CachedFlows;
import org.statelink.server.mode.CachedPeerFlows;
import org.statelink.server.mode.EventMode;
import org.statelink.server.mode.Losses;
import org.statelink.server.mode.SessionObjects;
import org.statelink.server.mode.SessionToMode;
import org.statelink.server.mode.SyncMode;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SessionOptions;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/** One of the two nodes of a rehearsal: all of a daemon but the kernel and the network. On the rehearsal's loop. */
final class RehearsedNode {
    private static final int MTU = 1500;
    private static final int OVERHEAD = 28;
    private static final int BUFFER_BYTES = 8 << 20;
    private static final InetSocketAddress ANYBODY = new InetSocketAddress(0);

    private final KernelDouble kernel = new KernelDouble();
    private final InternalCaches internal = new InternalCaches(Rehearsal.FLOWS * 2, true, false);
    private final ExternalCaches external = new ExternalCaches(Rehearsal.FLOWS * 2);
    private final EmbeddedChannel output = new EmbeddedChannel();
    private final EmbeddedChannel input = new EmbeddedChannel();
    private final InetSocketAddress address;
    private final SyncSession session;
    private final CachedFlows told;
    private final HeardFlows heard = new HeardFlows();
    private final OwnPorts ownPorts = new OwnPorts();
    private final Future<ConntrackEvents> events;
    private final Future<ConntrackClient> writer;
    private final Future<ConntrackClient> reader;
    private final EventLoop loop;
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private ExternalCommit<Conntrack> commit;

    RehearsedNode(EventLoop loop, InetSocketAddress address) {
        this.loop = loop;
        this.address = address;
        SyncLinkGroup links = new SyncLinkGroup();
        SessionToMode listener = new SessionToMode();
        SyncCounters counters = new SyncCounters();
        SessionObjects objects = new SessionObjects(internal);
        session = new SyncSession(SessionOptions.defaults(), objects, listener, counters, links, loop);
        objects.connect(session);
        told = new CachedFlows(internal, session, loop, uptime);
        SyncMode mode = new EventMode(told, new CachedPeerFlows(external, uptime), session, new Losses(counters, true));
        listener.connect(mode);
        SyncLink link = new SyncLink(0, new Nowhere(), MTU, OVERHEAD, output, input);
        session.linkInitializer().initialize(link, input.pipeline());
        links.add(link);
        EventReceiver receiver = new EventReceiver(new EventFilter(Filter.NONE), new ExpectationFilter(Options.DEFAULT),
            ownPorts, new KernelCounters(), mode, heard, () -> { });
        writer = ConntrackClient.open(kernel, loop);
        reader = ConntrackClient.open(kernel, loop);
        events = ConntrackEvents.open(kernel, loop, new ConntrackEventOptions(BUFFER_BYTES, false), receiver);
    }

    void start() {
        session.start();
    }

    /** Does as a new master: writes what the other node told into its kernel, forgets that, tells all it has. */
    void takeOver(Runnable afterwards) {
        if (commit == null) {
            commit = makeCommit();
        }
        commit.start(() -> {
            flushExternal();
            told.sendAll();
            afterwards.run();
        });
    }

    /** Flows that the kernel took. */
    long committed() {
        return commit == null ? 0 : commit.result().committed();
    }

    /** Flows that it did not take. */
    long refused() {
        return commit == null ? 0 : commit.result().refused();
    }

    private void flushExternal() {
        external.flows().flush();
        while (external.flows().flushPage(Rehearsal.FLOWS)) {
            // the rest
        }
    }

    private ExternalCommit<Conntrack> makeCommit() {
        ownPorts.add(writer.getNow().portId());
        new EventSocketFilter(ownPorts, events.getNow().channel()).apply(Filter.NONE);
        DoubtfulFlows doubtful = new DoubtfulFlows(reader.getNow(), internal.flows(), heard, uptime, session::transmit);
        QuietCommit quiet = new QuietCommit(events.getNow(), ConntrackGroup.ALL, loop, () -> { });
        CachedWrites writes =
            new CachedWrites(internal.flows(), heard, doubtful, quiet, new EventFilter(Filter.NONE), uptime);
        PageCommitter<Conntrack> committer =
            new PageCommitter<>(writer.getNow(), new CommitPreparation(0, false), new Conntrack());
        return ExternalCommit.ofFlows(external, committer, writes, loop, uptime, NOPLogger.NOP_LOGGER);
    }

    /** The kernel whose events the node hears. */
    KernelDouble kernel() {
        return kernel;
    }

    /** Flows that the other node told of. */
    ExternalCache external() {
        return external.flows();
    }

    /** Takes what this node sent over to the other one. */
    void deliverTo(RehearsedNode other) {
        for (ByteBuf packet = output.readOutbound(); packet != null; packet = output.readOutbound()) {
            other.input.writeOneInbound(new DatagramPacket(packet, ANYBODY, address));
        }
        other.input.flushInbound();
        other.output.runPendingTasks();
        other.input.releaseInbound();
    }

    void close() {
        if (events.isSuccess()) {
            events.getNow().close();
            writer.getNow().close();
            reader.getNow().close();
        }
        session.close();
        output.finishAndReleaseAll();
        input.finishAndReleaseAll();
        internal.close();
        external.close();
    }

    /** A link on no interface. */
    private record Nowhere() implements LinkOptions {
        @Override
        public String interfaceName() {
            return "rehearsal";
        }

        @Override
        public boolean preferred() {
            return false;
        }
    }
}
