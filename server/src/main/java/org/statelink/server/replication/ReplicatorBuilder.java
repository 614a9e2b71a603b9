/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Filter;
import org.statelink.config.General;
import org.statelink.config.LinkConfig;
import org.statelink.config.Mode;
import org.statelink.config.Sync;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.CachedWrites;
import org.statelink.server.kernel.DoubtfulFlows;
import org.statelink.server.kernel.EventFilter;
import org.statelink.server.kernel.EventReceiver;
import org.statelink.server.kernel.EventSocketFilter;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.KernelFlush;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.KernelResync;
import org.statelink.server.kernel.KernelView;
import org.statelink.server.kernel.OverrunRepair;
import org.statelink.server.kernel.OwnPorts;
import org.statelink.server.kernel.OwnWrites;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.mode.AlarmMode;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.mode.CacheToSession;
import org.statelink.server.mode.CachedFlows;
import org.statelink.server.mode.FtfwMode;
import org.statelink.server.mode.LocalFlows;
import org.statelink.server.mode.NotrackMode;
import org.statelink.server.mode.PeerFlows;
import org.statelink.server.mode.SessionToMode;
import org.statelink.server.mode.SyncMode;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SessionOptions;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Makes a {@link Replicator}: opens sockets and links, reads the kernel's table. Runs on the starting thread and waits
 * there for what the loops do. Whatever was opened before a failure is closed again.
 */
public final class ReplicatorBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatorBuilder.class);

    /** The kernel makes no events where nobody joined a group. */
    private static final int NO_EVENTS = 0;

    private final General general;
    private final Sync sync;
    private final Mode mode;
    private final NetlinkChannelFactory kernel;
    private final EventLoop stateLoop;
    private final EventLoop kernelLoop;
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<ConntrackClient> clients = new ArrayList<>();
    private final OwnPorts ownPorts = new OwnPorts();
    private final HeardFlows heard = new HeardFlows();
    private final KernelCounters kernelCounters = new KernelCounters();
    private final SyncCounters syncCounters = new SyncCounters();
    private final SyncLinkGroup links = new SyncLinkGroup();

    /** Refuses what this version cannot do. */
    public ReplicatorBuilder(DaemonConfig config, NetlinkChannelFactory kernel, DaemonLoops loops)
        throws StartException {
        SupportedConfig.check(config);
        general = config.general();
        sync = config.sync().orElseThrow();
        mode = sync.mode();
        this.kernel = kernel;
        stateLoop = loops.state();
        kernelLoop = loops.kernel();
    }

    /** Makes it; on failure nothing is left open. */
    public Replicator build() throws StartException {
        try {
            return assemble();
        } catch (StartException e) {
            closeAll();
            throw e;
        }
    }

    private Replicator assemble() throws StartException {
        InternalCache internal = opened(new InternalCache(general.hashLimit(), mode.commitTimeout() == 0,
            sync.options().tcpWindowTracking()));
        ExternalCache external = opened(new ExternalCache(general.hashLimit()));
        SessionToMode listener = new SessionToMode();
        SyncSession session = new SyncSession(sessionOptions(), internal, listener, syncCounters, links, stateLoop);
        opened.add(session::close);
        internal.setSession(new CacheToSession(session));
        EventFilter filter = new EventFilter(general.filter());
        Optional<BypassFlows> bypass = bypass(session, filter);
        Optional<KernelInjection> injection = injection();
        SyncMode syncMode = syncMode(internal, external, bypass, injection, session);
        listener.connect(syncMode);
        openLinks(session);

        OverrunRepair overrun = new OverrunRepair(stateLoop, uptime, general.netlinkBufferSizeMaxGrowth(),
            bypass.isPresent() ? 0 : general.overrunResyncSeconds());
        ConntrackClient reader = client(stateLoop);
        DoubtfulFlows doubtful = new DoubtfulFlows(reader, internal, heard, uptime, session::transmit);
        KernelResync resync = new KernelResync(reader, internal, filter, kernelCounters, uptime, heard, doubtful,
            session::transmit);
        OwnWrites writes = bypass.isPresent() ? OwnWrites.NOT_NOTED
            : new CachedWrites(internal, heard, doubtful, filter, uptime);
        PageCommitter committer = new PageCommitter(client(kernelLoop),
            preparation());
        KernelFlush flush = new KernelFlush(client(kernelLoop), client(kernelLoop), writes, stateLoop, filter);
        EventReceiver receiver = new EventReceiver(filter, ownPorts, kernelCounters, syncMode, heard,
            overrun::onOverrun);
        ConntrackEvents events = openEvents(receiver);
        EventSocketFilter socketFilter = new EventSocketFilter(ownPorts, events.channel());
        socketFilter.apply(general.filter());
        onState(() -> overrun.connect(events, resync));
        if (bypass.isEmpty()) {
            readKernel(resync);
        }
        return new Replicator(new ReplicatorParts(stateLoop, uptime, events, receiver, socketFilter, clients,
            kernelCounters, overrun, resync, flush, writes, internal, external, syncMode, session, syncCounters, links,
            committer,
            new ExternalCommit(external, committer, writes, stateLoop, kernelLoop, uptime), bypass, injection,
            mode.purgeTimeout(), mode.startupResync(), general.pollSeconds()));
    }

    private SessionOptions sessionOptions() {
        return switch (mode) {
            case Mode.Ftfw ftfw -> SessionOptions.of(ftfw.ackWindowSize(), ftfw.resendQueueSize());
            case Mode.Notrack notrack -> SessionOptions.of(SessionOptions.Kind.NOTRACK);
            case Mode.Alarm alarm -> SessionOptions.of(SessionOptions.Kind.ALARM);
        };
    }

    private Optional<BypassFlows> bypass(SyncSession session, EventFilter filter) throws StartException {
        if (!mode.disableInternalCache()) {
            return Optional.empty();
        }
        return Optional.of(new BypassFlows(session, client(stateLoop), filter,
            new KernelView(kernel, kernelLoop, filter), uptime, mode.commitTimeout() == 0,
            sync.options().tcpWindowTracking()));
    }

    private Optional<KernelInjection> injection() throws StartException {
        if (!mode.disableExternalCache()) {
            return Optional.empty();
        }
        ConntrackClient client = client(kernelLoop);
        ownPorts.addIgnored(client.portId());
        return Optional.of(new KernelInjection(client, preparation(), stateLoop, uptime, links::setReceiving));
    }

    private CommitPreparation preparation() {
        return new CommitPreparation(mode.commitTimeout(), sync.options().tcpWindowTracking());
    }

    private SyncMode syncMode(InternalCache internal, ExternalCache external, Optional<BypassFlows> bypass,
                              Optional<KernelInjection> injection, SyncSession session) {
        LocalFlows local = bypass.isPresent() ? bypass.get() : new CachedFlows(internal, session, stateLoop, uptime);
        PeerFlows remote = injection.isPresent()
            ? (type, peer, flow) -> injection.get().add(type, flow)
            : (type, peer, flow) -> external.apply(type, peer.index(), flow, uptime.seconds());
        return switch (mode) {
            case Mode.Ftfw ftfw -> new FtfwMode(local, remote, session);
            case Mode.Notrack notrack -> new NotrackMode(local, remote, session);
            case Mode.Alarm alarm -> new AlarmMode(alarm, internal, external, session, stateLoop, uptime,
                new SplittableRandom());
        };
    }

    private void openLinks(SyncSession session) throws StartException {
        int index = 0;
        for (LinkConfig link : sync.links()) {
            SyncLink open = await(LinkOpener.open(index++, link, sync.errorQueueLength(), stateLoop,
                session.linkInitializer()), "can't open channel socket");
            opened.add(open::close);
            onState(() -> links.add(open));
        }
    }

    private ConntrackClient client(EventLoop loop) throws StartException {
        ConntrackClient client = opened(await(ConntrackClient.open(kernel, loop), "can't open netlink socket"));
        ownPorts.add(client.portId());
        clients.add(client);
        return client;
    }

    private ConntrackEvents openEvents(EventReceiver receiver) throws StartException {
        boolean polling = general.pollSeconds() > 0;
        ConntrackEvents events = opened(await(ConntrackEvents.open(kernel, stateLoop,
            new ConntrackEventOptions(general.eventBufferSize(), general.netlinkEventsReliable(),
                polling ? NO_EVENTS : ConntrackGroup.ALL), receiver), "can't open netlink event socket"));
        events.setEventsPerTurn(general.eventIterationLimit());
        if (polling) {
            LOG.info("running in polling mode");
        } else {
            logEvents(events);
        }
        return events;
    }

    private void logEvents(ConntrackEvents events) {
        if (!general.filter().isEmpty()) {
            LOG.info("using {}-space event filtering",
                general.filter().place() == Filter.Place.KERNELSPACE ? "kernel" : "user");
        }
        if (general.eventBufferSize() == 0) {
            LOG.info("NetlinkBufferSize is either not set or is greater than NetlinkBufferSizeMaxGrowth. "
                + "Using current system buffer size");
        }
        LOG.info("netlink event socket buffer size has been set to {} bytes", events.receiveBufferSize());
        if (general.netlinkEventsReliable()) {
            LOG.info("reliable ctnetlink event delivery is ENABLED.");
        }
    }

    private void readKernel(KernelResync resync) throws StartException {
        Future<Long> read = call(resync::read);
        await(read, "can't read the kernel's connections");
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    private void onState(Runnable action) throws StartException {
        await(stateLoop.submit(action), "internal error");
    }

    private <T> T call(Callable<T> action) throws StartException {
        return await(stateLoop.submit(action), "internal error");
    }

    /** Waits on a thread that is no loop. */
    static <T> T await(Future<T> future, String what) throws StartException {
        if (!future.awaitUninterruptibly().isSuccess()) {
            throw StartException.because(what, future.cause());
        }
        return future.getNow();
    }

    private void closeAll() {
        stateLoop.submit(() -> opened.reversed().forEach(ReplicatorBuilder::close)).awaitUninterruptibly();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("while giving up the start", e);
        }
    }
}
