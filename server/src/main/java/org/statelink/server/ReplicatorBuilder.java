/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

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
import org.statelink.config.General;
import org.statelink.config.LinkConfig;
import org.statelink.config.Mode;
import org.statelink.config.Sync;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.EventFilter;
import org.statelink.server.kernel.EventReceiver;
import org.statelink.server.kernel.ExpectationFilter;
import org.statelink.server.kernel.ExpectationPreparation;
import org.statelink.server.kernel.ExpectationResync;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.KernelFlush;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.KernelResync;
import org.statelink.server.kernel.KernelView;
import org.statelink.server.kernel.OverrunRepair;
import org.statelink.server.kernel.OwnPorts;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.mode.AlarmMode;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.mode.CachedFlows;
import org.statelink.server.mode.CachedPeerFlows;
import org.statelink.server.mode.FtfwMode;
import org.statelink.server.mode.InjectedPeerFlows;
import org.statelink.server.mode.LocalFlows;
import org.statelink.server.mode.NotrackMode;
import org.statelink.server.mode.PeerFlows;
import org.statelink.server.mode.SessionObjects;
import org.statelink.server.mode.SessionToMode;
import org.statelink.server.mode.SyncMode;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SessionOptions;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Makes a {@link Replicator}: opens sockets and links, reads the kernel's table. Runs on the starting thread and waits
 * there for what the loops do. Whatever was opened before a failure is closed again.
 */
final class ReplicatorBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatorBuilder.class);

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
    private final KernelCounters kernelCounters = new KernelCounters();
    private final SyncCounters syncCounters = new SyncCounters();
    private final SyncLinkGroup links = new SyncLinkGroup();

    ReplicatorBuilder(DaemonConfig config, NetlinkChannelFactory kernel, DaemonLoops loops) throws StartException {
        SupportedConfig.check(config);
        general = config.general();
        sync = config.sync().orElseThrow();
        mode = sync.mode();
        this.kernel = kernel;
        stateLoop = loops.state();
        kernelLoop = loops.kernel();
    }

    Replicator build() throws StartException {
        try {
            return assemble();
        } catch (StartException e) {
            closeAll();
            throw e;
        }
    }

    private Replicator assemble() throws StartException {
        InternalCaches internal = opened(new InternalCaches(general.hashLimit(), mode.commitTimeout() == 0,
            sync.options().tcpWindowTracking()));
        ExternalCaches external = opened(new ExternalCaches(general.hashLimit()));
        SessionToMode listener = new SessionToMode();
        SessionObjects objects = new SessionObjects(internal);
        SyncSession session = new SyncSession(sessionOptions(), objects, listener, syncCounters, links, stateLoop);
        opened.add(session::close);
        objects.connect(session);
        EventFilter filter = new EventFilter(general.filter());
        Optional<BypassFlows> bypass = bypass(session, filter);
        Optional<KernelInjection> injection = injection();
        SyncMode syncMode = syncMode(internal, external, bypass, injection, session);
        listener.connect(syncMode);
        openLinks(session);

        OverrunRepair overrun = new OverrunRepair(stateLoop, uptime, general.netlinkBufferSizeMaxGrowth(),
            bypass.isPresent() ? 0 : general.overrunResyncSeconds());
        ExpectationFilter expectations = new ExpectationFilter(sync.options());
        ConntrackClient reader = client(stateLoop);
        KernelResync resync = new KernelResync(reader, internal.flows(), filter, kernelCounters, uptime,
            session::transmit);
        ExpectationResync expectationResync = new ExpectationResync(reader, internal, expectations, uptime,
            session::transmit);
        PageCommitter<Conntrack> committer = new PageCommitter<>(client(kernelLoop), flowRules(), new Conntrack());
        PageCommitter<Expectation> expectationCommitter = new PageCommitter<>(client(kernelLoop), expectationRules(),
            new Expectation());
        KernelFlush flush = new KernelFlush(client(kernelLoop), client(kernelLoop), filter);
        EventReceiver receiver = new EventReceiver(filter, expectations, ownPorts, kernelCounters, syncMode,
            overrun::onOverrun);
        ConntrackEvents events = openEvents(receiver);
        onState(() -> overrun.connect(events, () -> {
            resync.repair();
            expectationResync.repair();
        }));
        if (bypass.isEmpty()) {
            await(call(resync::read), "can't read the kernel's connections");
        }
        if (bypass.isEmpty() && expectations.isActive()) {
            await(call(expectationResync::read), "can't read the kernel's expectations");
        }
        return new Replicator(new ReplicatorParts(stateLoop, uptime, events, receiver, clients, kernelCounters, overrun,
            resync, expectationResync, flush, expectations.isActive(), internal, external, syncMode, session,
            syncCounters, links, committer, expectationCommitter,
            ExternalCommit.ofFlows(external, committer, stateLoop, kernelLoop, uptime),
            ExternalCommit.ofExpectations(external, expectationCommitter, stateLoop, kernelLoop, uptime), bypass,
            injection,
            mode.purgeTimeout(), mode.startupResync()));
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
        return Optional.of(new KernelInjection(client, flowRules(), expectationRules(), stateLoop, uptime,
            links::setReceiving));
    }

    private CommitPreparation flowRules() {
        return new CommitPreparation(mode.commitTimeout(), sync.options().tcpWindowTracking());
    }

    private ExpectationPreparation expectationRules() {
        return new ExpectationPreparation(mode.commitTimeout());
    }

    private SyncMode syncMode(InternalCaches internal, ExternalCaches external, Optional<BypassFlows> bypass,
                              Optional<KernelInjection> injection, SyncSession session) {
        LocalFlows local = bypass.isPresent() ? bypass.get() : new CachedFlows(internal, session, stateLoop, uptime);
        PeerFlows remote = injection.isPresent() ? new InjectedPeerFlows(injection.get())
            : new CachedPeerFlows(external, uptime);
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
        LOG.info("using user-space event filtering");
        int groups = ConntrackGroup.ALL | (sync.options().expectationSync() ? ConntrackGroup.ALL_EXPECTATIONS : 0);
        ConntrackEvents events = opened(await(ConntrackEvents.open(kernel, stateLoop,
            new ConntrackEventOptions(general.eventBufferSize(), general.netlinkEventsReliable(), groups), receiver),
            "can't open netlink event socket"));
        if (general.eventBufferSize() == 0) {
            LOG.info("NetlinkBufferSize is either not set or is greater than NetlinkBufferSizeMaxGrowth. "
                + "Using current system buffer size");
        }
        LOG.info("netlink event socket buffer size has been set to {} bytes", events.receiveBufferSize());
        if (general.netlinkEventsReliable()) {
            LOG.info("reliable ctnetlink event delivery is ENABLED.");
        }
        return events;
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
