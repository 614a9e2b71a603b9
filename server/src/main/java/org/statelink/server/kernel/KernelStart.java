/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.Filter;
import org.statelink.config.General;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;

/**
 * Opens the daemon's sockets to the kernel, for whatever the daemon works at, and puts its {@link KernelSide} together.
 * On the starting thread.
 */
public final class KernelStart {
    private static final Logger LOG = LoggerFactory.getLogger(KernelStart.class);

    /** The kernel makes no events where nobody joined a group. */
    private static final int NO_EVENTS = 0;
    /** A resync that follows a commit, as scripts want it, comes within this time, and spares another one. */
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StartUp start;
    private final General general;
    private final NetlinkChannelFactory kernel;
    private final EventFilter filter;
    private final OwnPorts ownPorts = new OwnPorts();
    private final HeardFlows heard = new HeardFlows();
    private final KernelCounters counters = new KernelCounters();
    private final List<ConntrackClient> clients = new ArrayList<>();

    /** Opens sockets of this kernel, as the configuration says. */
    public KernelStart(StartUp start, General general, NetlinkChannelFactory kernel) {
        this.start = start;
        this.general = general;
        this.kernel = kernel;
        filter = new EventFilter(general.filter());
    }

    /** What the daemon takes note of. */
    public EventFilter filter() {
        return filter;
    }

    /** The kernel's table for those who keep no copy of it. */
    public KernelView view() {
        return new KernelView(kernel, start.loops().kernel(), filter);
    }

    /** Opens a socket for requests on the loop. What it causes is known as the daemon's own doing. */
    public ConntrackClient client(EventLoop loop) throws StartException {
        ConntrackClient client = start.opened(StartUp.await(ConntrackClient.open(kernel, loop),
            "can't open netlink socket"));
        ownPorts.add(client.portId());
        clients.add(client);
        return client;
    }

    /** From now on what this socket causes is not even noted. */
    public void ignore(ConntrackClient client) {
        ownPorts.addIgnored(client.portId());
    }

    /**
     * Opens the event socket and what goes with it. Call it when all other sockets are open.
     *
     * @param internal what is kept equal to the kernel's tables
     * @param expectations which expectations count
     * @param own how the daemon learns of what it does itself
     * @param events takes what the filter lets through
     * @param transmit sends what was queued for the peers
     * @param resyncSeconds longest time between an overrun and the resync; 0 for none
     */
    public KernelSide open(InternalCaches internal, ExpectationFilter expectations, OwnDoing own,
                           FlowEvents events, Runnable transmit, int resyncSeconds) throws StartException {
        EventLoop state = start.loops().state();
        EventLoop requests = start.loops().kernel();
        ConntrackClient reader = client(state);
        ConntrackClient flushReader = client(requests);
        ConntrackClient deleter = client(requests);
        InternalCache flows = internal.flows();
        DoubtfulFlows doubtful = new DoubtfulFlows(reader, flows, heard, start.uptime(), transmit);
        KernelResync resync =
            new KernelResync(reader, flows, filter, start.uptime(), heard, doubtful, transmit);
        ExpectationResync expected =
            new ExpectationResync(reader, internal, expectations, start.uptime(), transmit);
        TableRepair repair = new TableRepair(state, counters, () -> expected.repairAfter(resync.repair()),
            () -> expected.repairAfter(resync.catchUp()));
        OverrunRepair overrun = new OverrunRepair(repair, start.uptime(), general.netlinkBufferSizeMaxGrowth(),
            resyncSeconds);
        EventReceiver receiver = new EventReceiver(filter, expectations, ownPorts, counters, events, heard,
            overrun::onOverrun);
        int groups = groups(expectations);
        ConntrackEvents socket = openEvents(receiver, groups);
        EventSocketFilter socketFilter =
            new EventSocketFilter(own == OwnDoing.HEARD ? new OwnPorts() : ownPorts, socket.channel());
        socketFilter.apply(general.filter());
        QuietCommit quiet = new QuietCommit(socket, groups, state,
            () -> repair.request(TableRepair.Reason.COMMIT, CATCH_UP_NANOS));
        OwnWrites writes = own == OwnDoing.NOTED
            ? new CachedWrites(flows, heard, doubtful, quiet, filter, start.uptime()) : OwnWrites.NOT_NOTED;
        KernelFlush flush = new KernelFlush(flushReader, deleter, writes, state, filter);
        start.onState(() -> overrun.connect(socket));
        return new KernelSide(state, socket, receiver, socketFilter, clients, counters, repair, overrun, resync,
            expected, writes, flush, general.pollSeconds());
    }

    private int groups(ExpectationFilter expectations) {
        if (general.pollSeconds() > 0) {
            return NO_EVENTS;
        }
        return ConntrackGroup.ALL | (expectations.isActive() ? ConntrackGroup.ALL_EXPECTATIONS : 0);
    }

    private ConntrackEvents openEvents(EventReceiver receiver, int groups) throws StartException {
        ConntrackEvents events = start.opened(StartUp.await(ConntrackEvents.open(kernel, start.loops().state(),
            new ConntrackEventOptions(general.eventBufferSize(), general.netlinkEventsReliable(), groups), receiver),
            "can't open netlink event socket"));
        events.setEventsPerTurn(general.eventIterationLimit());
        if (groups == NO_EVENTS) {
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
}
