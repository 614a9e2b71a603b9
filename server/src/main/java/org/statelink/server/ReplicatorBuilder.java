/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.DaemonConfig;
import org.statelink.config.General;
import org.statelink.config.LinkConfig;
import org.statelink.config.Mode;
import org.statelink.config.Sync;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.EventFilter;
import org.statelink.server.kernel.EventReceiver;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.KernelFlush;
import org.statelink.server.kernel.KernelResync;
import org.statelink.server.kernel.OverrunRepair;
import org.statelink.server.kernel.OwnPorts;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.mode.CacheToSession;
import org.statelink.server.mode.FtfwMode;
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
    private final Mode.Ftfw mode;
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
        mode = (Mode.Ftfw) sync.mode();
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
        InternalCache internal = opened(new InternalCache(general.hashLimit(), mode.commitTimeout() == 0,
            sync.options().tcpWindowTracking()));
        ExternalCache external = opened(new ExternalCache(general.hashLimit()));
        FtfwMode ftfw = new FtfwMode(internal, external, stateLoop, uptime);
        SyncSession session = new SyncSession(
            SessionOptions.of(mode.ackWindowSize(), mode.resendQueueSize()), internal, ftfw, syncCounters, links,
            stateLoop);
        internal.setSession(new CacheToSession(session));
        ftfw.setSession(session);
        openLinks(session);

        EventFilter filter = new EventFilter(general.filter());
        OverrunRepair overrun = new OverrunRepair(stateLoop, uptime, general.netlinkBufferSizeMaxGrowth(),
            general.overrunResyncSeconds());
        KernelResync resync = new KernelResync(client(stateLoop), internal, filter, kernelCounters, uptime,
            session::transmit);
        PageCommitter committer = new PageCommitter(client(kernelLoop),
            new CommitPreparation(mode.commitTimeout(), sync.options().tcpWindowTracking()));
        KernelFlush flush = new KernelFlush(client(kernelLoop), client(kernelLoop), filter);
        ConntrackEvents events = openEvents(new EventReceiver(filter, ownPorts, kernelCounters, ftfw,
            overrun::onOverrun));
        onState(() -> overrun.connect(events, resync));
        readKernel(resync);
        return new Replicator(new ReplicatorParts(stateLoop, uptime, events, clients, kernelCounters, overrun, resync,
            flush, internal, external, ftfw, session, syncCounters, links,
            new ExternalCommit(external, committer, stateLoop, kernelLoop, uptime), mode.purgeTimeout(),
            mode.startupResync()));
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
        ConntrackEvents events = opened(await(ConntrackEvents.open(kernel, stateLoop,
            new ConntrackEventOptions(general.eventBufferSize(), general.netlinkEventsReliable()), receiver),
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

    private static <T> T await(Future<T> future, String what) throws StartException {
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
