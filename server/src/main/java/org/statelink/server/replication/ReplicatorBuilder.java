/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.route.InterfaceMonitor;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.ExpectationFilter;
import org.statelink.server.kernel.ExpectationPreparation;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.kernel.KernelStart;
import org.statelink.server.kernel.OwnDoing;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.link.DedicatedLink;
import org.statelink.server.link.DedicatedLinks;
import org.statelink.server.mode.AlarmMode;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.mode.CachedFlows;
import org.statelink.server.mode.CachedPeerFlows;
import org.statelink.server.mode.EventMode;
import org.statelink.server.mode.InjectedPeerFlows;
import org.statelink.server.mode.LocalFlows;
import org.statelink.server.mode.Losses;
import org.statelink.server.mode.PeerFlows;
import org.statelink.server.mode.SessionObjects;
import org.statelink.server.mode.SessionToMode;
import org.statelink.server.mode.SyncMode;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SessionOptions;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Makes a {@link Replicator}: opens sockets and links, reads the kernel's table. Runs on the starting thread and waits
 * there for what the loops do. Whatever was opened before a failure is closed again.
 */
public final class ReplicatorBuilder {
    private static final Logger COMMIT_LOG = LoggerFactory.getLogger(ExternalCommit.class);

    private final General general;
    private final Sync sync;
    private final Mode mode;
    private final NetlinkChannelFactory factory;
    private final StartUp start;
    private final KernelStart kernel;
    private final EventLoop stateLoop;
    private final EventLoop kernelLoop;
    private final Uptime uptime;
    private final SyncCounters syncCounters = new SyncCounters();
    private final SyncLinkGroup links = new SyncLinkGroup();
    private final Losses losses;

    /** Makes one of what the configuration says in its {@code Sync} section. */
    public ReplicatorBuilder(DaemonConfig config, NetlinkChannelFactory factory, DaemonLoops loops) {
        general = config.general();
        sync = config.sync().orElseThrow();
        mode = sync.mode();
        losses = new Losses(syncCounters, mode instanceof Mode.Ftfw);
        start = new StartUp(loops);
        this.factory = factory;
        kernel = new KernelStart(start, general, factory);
        stateLoop = loops.state();
        kernelLoop = loops.kernel();
        uptime = start.uptime();
    }

    /** Makes it; on failure nothing is left open. */
    public Replicator build() throws StartException {
        try {
            return assemble();
        } catch (StartException e) {
            start.giveUp();
            throw e;
        }
    }

    private Replicator assemble() throws StartException {
        InternalCaches internal = start.opened(new InternalCaches(general.hashLimit(), mode.commitTimeout() == 0,
            sync.options().tcpWindowTracking()));
        ExternalCaches external = start.opened(new ExternalCaches(general.hashLimit()));
        SessionToMode listener = new SessionToMode();
        SessionObjects objects = new SessionObjects(internal);
        SyncSession session = new SyncSession(sessionOptions(), objects, listener, syncCounters, links, stateLoop);
        start.opened(session::close);
        objects.connect(session);
        Optional<BypassFlows> bypass = bypass(session);
        Optional<KernelInjection> injection = injection();
        SyncMode syncMode = syncMode(internal, external, bypass, injection, session);
        listener.connect(syncMode);
        DedicatedLinks dedicated = openLinks(session);

        PageCommitter<Conntrack> committer =
            new PageCommitter<>(kernel.client(kernelLoop), flowRules(), new Conntrack());
        PageCommitter<Expectation> expectationCommitter =
            new PageCommitter<>(kernel.client(kernelLoop), expectationRules(), new Expectation());
        ExpectationFilter expectations = new ExpectationFilter(sync.options());
        KernelSide side = kernel.open(internal, expectations,
            bypass.isPresent() ? OwnDoing.NEGLECTED : OwnDoing.NOTED, syncMode, session::transmit,
            bypass.isPresent() ? 0 : general.overrunResyncSeconds());
        if (bypass.isEmpty()) {
            side.readNow();
        }
        return new Replicator(new ReplicatorParts(stateLoop, uptime, side, expectations.isActive(), internal, external,
            syncMode, losses, session, syncCounters, links, dedicated, committer, expectationCommitter,
            ExternalCommit.ofFlows(external, committer, side.writes(), stateLoop, uptime, COMMIT_LOG),
            ExternalCommit.ofExpectations(external, expectationCommitter, stateLoop, uptime, COMMIT_LOG),
            bypass, injection, mode.purgeTimeout(), mode.startupResync()));
    }

    private SessionOptions sessionOptions() {
        return switch (mode) {
            case Mode.Ftfw ftfw -> SessionOptions.of(ftfw.ackWindowSize(), ftfw.resendQueueSize());
            case Mode.Notrack notrack -> SessionOptions.of(SessionOptions.Kind.NOTRACK);
            case Mode.Alarm alarm -> SessionOptions.of(SessionOptions.Kind.ALARM);
        };
    }

    private Optional<BypassFlows> bypass(SyncSession session) throws StartException {
        if (!mode.disableInternalCache()) {
            return Optional.empty();
        }
        return Optional.of(new BypassFlows(session, kernel.client(stateLoop), kernel.filter(), kernel.view(), uptime,
            mode.commitTimeout() == 0, sync.options().tcpWindowTracking()));
    }

    private Optional<KernelInjection> injection() throws StartException {
        if (!mode.disableExternalCache()) {
            return Optional.empty();
        }
        ConntrackClient client = kernel.client(kernelLoop);
        kernel.ignore(client);
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
            case Mode.Ftfw _, Mode.Notrack _ -> new EventMode(local, remote, session, losses);
            case Mode.Alarm alarm -> new AlarmMode(alarm, internal, external, session, stateLoop, uptime,
                new SplittableRandom());
        };
    }

    private DedicatedLinks openLinks(SyncSession session) throws StartException {
        DedicatedLinks dedicated = start.opened(new DedicatedLinks(links, session, syncCounters, stateLoop));
        InterfaceMonitor monitor = start.opened(StartUp.await(InterfaceMonitor.open(factory, stateLoop, dedicated),
            "can't watch the network interfaces"));
        start.onState(() -> dedicated.watch(monitor));
        List<DedicatedLink> all = new ArrayList<>();
        for (LinkConfig config : sync.links()) {
            Future<DedicatedLink> link = start.call(() -> dedicated.open(all.size(), config, sync.errorQueueLength()));
            all.add(StartUp.await(link, "can't open channel socket"));
            start.opened(all.getLast()::close);
        }
        start.onState(() -> dedicated.use(all, sync.initialLink(), sync.initialLink()));
        return dedicated;
    }
}
