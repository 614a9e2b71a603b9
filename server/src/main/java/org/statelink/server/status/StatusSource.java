/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.statelink.config.Environment;
import org.statelink.control.ControlCounters;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.replication.Replicator;
import org.statelink.server.replication.Role;
import org.statelink.server.status.DaemonStatus.BypassFigures;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.CommitFigures;
import org.statelink.server.status.DaemonStatus.ControlFigures;
import org.statelink.server.status.DaemonStatus.KernelFigures;
import org.statelink.server.status.DaemonStatus.LinkFigures;
import org.statelink.server.status.DaemonStatus.LossFigures;
import org.statelink.server.status.DaemonStatus.PeerFigures;
import org.statelink.server.status.DaemonStatus.QueueFigures;
import org.statelink.server.status.DaemonStatus.RoleFigures;
import org.statelink.server.status.DaemonStatus.Traffic;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.LinkCounters;
import org.statelink.sync.transport.LinkRole;
import org.statelink.sync.transport.SyncLink;

/**
 * Takes the daemon's figures: what the state loop owns in one go on that loop, the rest on the control loop, where the
 * answer arrives.
 */
public final class StatusSource {
    private static final int ERROR_QUEUE_LENGTH = 128;

    private final Replicator replicator;
    private final String mode;
    private final EventLoop controlLoop;
    private final Environment environment = Environment.host();
    private final LoopLatency latency = new LoopLatency(Ticker.systemTicker());
    private final Supplier<Optional<ControlCounters>> control;

    /**
     * A source on what the replicator does in the mode of that name; begins to watch its loop.
     *
     * @param control what the control socket counted, once there is one; any thread
     */
    public StatusSource(Replicator replicator, String mode, EventLoop controlLoop,
                        Supplier<Optional<ControlCounters>> control) {
        this.replicator = replicator;
        this.mode = mode;
        this.controlLoop = controlLoop;
        this.control = control;
        latency.start(replicator.loop());
    }

    /** Asks for the figures; {@code answer} gets them on the control loop. On the control loop. */
    public void ask(Consumer<DaemonStatus> answer) {
        Optional<KernelTable> table = KernelTable.read(environment);
        ControlFigures requests = ControlFigures.of(control.get());
        replicator.loop().execute(() -> {
            DaemonStatus now = take(table, requests);
            controlLoop.execute(() -> answer.accept(now));
        });
    }

    private DaemonStatus take(Optional<KernelTable> table, ControlFigures requests) {
        SyncSession session = replicator.session();
        return new DaemonStatus(replicator.uptime().seconds(), mode, role(),
            CacheFigures.of("internal", replicator.internal().counters(), replicator.internal().limit()),
            CacheFigures.of("external", replicator.external().counters(), replicator.external().limit()),
            replicator.bypass().map(StatusSource::figures),
            replicator.injection().map(injection -> injection.counters().snapshot()),
            Traffic.of(replicator.internal()), links(),
            peers(session), replicator.syncCounters().snapshot(),
            new LossFigures(replicator.losses().missedHere(), replicator.losses().missedByPeers()), queues(session),
            session.controlMessages(),
            new KernelFigures(replicator.kernel().counters().snapshot(),
                replicator.kernel().overrun().bufferBytes(), replicator.kernel().overrun().isDamaged(), table),
            new CommitFigures(replicator.commits().isRunning(), replicator.commits().result()), requests,
            latency.figures());
    }

    /** As commands told it; without one, whoever tells more states than it hears is the primary. */
    private RoleFigures role() {
        Role role = replicator.role();
        if (role.part() != Role.Part.UNKNOWN) {
            return new RoleFigures(role.part(), role.reason(), replicator.uptime().seconds() - role.sinceSeconds());
        }
        long sent = replicator.syncCounters().get(SyncCounter.STATES_SENT);
        long received = replicator.syncCounters().get(SyncCounter.STATES_RECEIVED);
        return sent == received ? new RoleFigures(Role.Part.UNKNOWN, "", 0)
            : new RoleFigures(sent > received ? Role.Part.PRIMARY : Role.Part.BACKUP, "traffic", 0);
    }

    private static List<PeerFigures> peers(SyncSession session) {
        List<PeerFigures> figures = new ArrayList<>();
        session.forEachPeer(peer -> figures.add(new PeerFigures(peer.index(), peer.toString(),
            session.silentNanos(peer), session.isLive(peer), session.unacknowledged(peer), peer.gaps(), peer.missed(),
            peer.acknowledgements())));
        return figures;
    }

    private static BypassFigures figures(BypassFlows bypass) {
        return new BypassFigures(bypass.created(), bypass.updated(), bypass.destroyed());
    }

    private List<LinkFigures> links() {
        List<LinkFigures> figures = new ArrayList<>();
        for (SyncLink link : replicator.links().links()) {
            LinkCounters counters = link.counters();
            figures.add(new LinkFigures(link.options().transport(), link.interfaceName(),
                replicator.interfaceStatus(link).toString(), replicator.links().role(link) == LinkRole.ACTIVE,
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

    private List<QueueFigures> queues(SyncSession session) {
        List<QueueFigures> figures = new ArrayList<>();
        figures.add(new QueueFigures("txqueue", session.transmitQueueLength(), Integer.MAX_VALUE,
            replicator.syncCounters().get(SyncCounter.TRANSMIT_QUEUE_DROPS)));
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
