/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.statelink.control.ControlCounters;
import org.statelink.server.Replicator;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.CacheCounters;
import org.statelink.server.control.DaemonStatus.BypassFigures;
import org.statelink.server.control.DaemonStatus.CacheFigures;
import org.statelink.server.control.DaemonStatus.LinkFigures;
import org.statelink.server.control.DaemonStatus.QueueFigures;
import org.statelink.server.control.DaemonStatus.SyncFigures;
import org.statelink.server.control.DaemonStatus.Traffic;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.mode.BypassCounters;
import org.statelink.server.mode.BypassFlows;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.LinkCounters;
import org.statelink.sync.transport.LinkRole;
import org.statelink.sync.transport.SyncLink;

/** Takes the daemon's figures, on the state loop. */
final class StatusSource {
    private static final int ERROR_QUEUE_LENGTH = 128;

    private final Replicator replicator;
    private volatile ControlCounters control;

    StatusSource(Replicator replicator) {
        this.replicator = replicator;
    }

    void setControlCounters(ControlCounters counters) {
        control = counters;
    }

    /** With the figures of flows. */
    DaemonStatus takeFlows() {
        return take(replicator.internal().counters(), replicator.external().counters(),
            replicator.bypass().map(BypassFlows::flowCounters), KernelInjection::counters);
    }

    /** With the figures of expectations. */
    DaemonStatus takeExpectations() {
        return take(replicator.internalExpectations().counters(), replicator.externalExpectations().counters(),
            replicator.bypass().map(BypassFlows::expectationCounters), KernelInjection::expectationCounters);
    }

    private DaemonStatus take(CacheCounters internal, CacheCounters external, Optional<BypassCounters> bypass,
                              Function<KernelInjection, InjectCounters> injected) {
        SyncSession session = replicator.session();
        return new DaemonStatus(replicator.uptime().seconds(), cache("internal", internal),
            cache("external", external), bypass.map(StatusSource::figures),
            replicator.injection().map(injection -> injected.apply(injection).snapshot()),
            new Traffic(replicator.internal().trafficBytes(), replicator.internal().trafficPackets()), links(),
            sync(replicator.syncCounters()), queues(session), session.controlMessages(),
            replicator.kernelCounters().snapshot(), replicator.eventBufferBytes(),
            control == null ? 0 : control.readFailed());
    }

    private static BypassFigures figures(BypassCounters bypass) {
        return new BypassFigures(bypass.created(), bypass.updated(), bypass.destroyed());
    }

    private static CacheFigures cache(String name, CacheCounters counters) {
        return new CacheFigures(name, counters.get(CacheCounter.ACTIVE), counters.get(CacheCounter.OBJECTS),
            counters.get(CacheCounter.CREATED), counters.get(CacheCounter.CREATE_FAILED),
            counters.get(CacheCounter.UPDATED), counters.get(CacheCounter.DESTROYED));
    }

    private List<LinkFigures> links() {
        List<LinkFigures> figures = new ArrayList<>();
        for (SyncLink link : replicator.links().links()) {
            LinkCounters counters = link.counters();
            figures.add(new LinkFigures(link.options().transport(), link.interfaceName(),
                InterfaceStatus.of(link.interfaceName()), replicator.links().role(link) == LinkRole.ACTIVE,
                counters.bytesSent(), counters.bytesReceived(), counters.packetsSent(), counters.packetsReceived(),
                counters.sendErrors(), counters.receiveErrors(), connections(link)));
        }
        return figures;
    }

    private static String connections(SyncLink link) {
        return link.isStream()
            ? "server=" + connected(link.isInputConnected()) + " client=" + connected(link.isOutputConnected()) : "";
    }

    private static String connected(boolean connected) {
        return connected ? "connected" : "disconnected";
    }

    private static SyncFigures sync(SyncCounters counters) {
        return new SyncFigures(counters.get(SyncCounter.MALFORMED), counters.get(SyncCounter.WRONG_VERSION),
            counters.get(SyncCounter.MALFORMED_HEADER), counters.get(SyncCounter.MALFORMED_PAYLOAD),
            counters.get(SyncCounter.BAD_TYPE), counters.get(SyncCounter.TRUNCATED),
            counters.get(SyncCounter.BAD_SIZE), counters.get(SyncCounter.SEND_MALFORMED),
            counters.get(SyncCounter.LOST), counters.get(SyncCounter.BEFORE));
    }

    private List<QueueFigures> queues(SyncSession session) {
        List<QueueFigures> figures = new ArrayList<>();
        figures.add(new QueueFigures("txqueue", session.transmitQueueLength(), Integer.MAX_VALUE, 0));
        figures.add(errorQueue());
        if (session.resendQueueCapacity() > 0) {
            figures.add(new QueueFigures("rsqueue", session.resendQueueLength(), session.resendQueueCapacity(),
                replicator.syncCounters().get(SyncCounter.RESEND_QUEUE_DROPS)));
        }
        return figures;
    }

    /** conntrackd has one for all links, of this length even where there are no connections. */
    private QueueFigures errorQueue() {
        int length = 0;
        int capacity = 0;
        long drops = 0;
        for (SyncLink link : replicator.links().links()) {
            length += link.queueLength();
            capacity = Math.max(capacity, link.queueCapacity());
            drops += link.queueDrops();
        }
        return new QueueFigures("errorq", length, capacity == 0 ? ERROR_QUEUE_LENGTH : capacity, drops);
    }
}
