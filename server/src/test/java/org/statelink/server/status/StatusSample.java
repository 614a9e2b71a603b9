/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.kernel.KernelCounters;
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
import org.statelink.sync.protocol.SyncCounters;

/** Makes the status of a daemon that is well, but for what a test changes. */
public final class StatusSample {
    private String mode = "FTFW";
    private CacheFigures internal = new CacheFigures("internal", 5, 6, 7, 0, 2, 1, 100);
    private Optional<BypassFigures> bypass = Optional.empty();
    private Optional<InjectCounters.Snapshot> injection = Optional.empty();
    private List<LinkFigures> links = List.of(link("spa0", "RUNNING", true), idleLink("spa1", "RUNNING"));
    private List<PeerFigures> peers = List.of(peer("10.0.0.2", 300, true));
    private LossFigures losses = new LossFigures(0, 0);
    private boolean eventLossUnrepaired;
    private KernelTable table = new KernelTable(12, 4096);

    /** A link that carried something. */
    public static LinkFigures link(String device, String status, boolean active) {
        return new LinkFigures("multicast", device, status, active, 500, 32, 7, 2, 0, 0);
    }

    /** A link that carried nothing. */
    public static LinkFigures idleLink(String device, String status) {
        return new LinkFigures("multicast", device, status, false, 0, 0, 0, 0, 0, 0);
    }

    /** A peer that was heard so many milliseconds ago. */
    public static PeerFigures peer(String address, long millis, boolean live) {
        return new PeerFigures(0, address, TimeUnit.MILLISECONDS.toNanos(millis), live, 3, 1, 2, 40);
    }

    StatusSample mode(String value) {
        mode = value;
        return this;
    }

    StatusSample internal(CacheFigures value) {
        internal = value;
        return this;
    }

    StatusSample caches(Optional<BypassFigures> withoutInternal, Optional<InjectCounters.Snapshot> withoutExternal) {
        bypass = withoutInternal;
        injection = withoutExternal;
        return this;
    }

    StatusSample links(LinkFigures... value) {
        links = List.of(value);
        return this;
    }

    StatusSample peers(PeerFigures... value) {
        peers = List.of(value);
        return this;
    }

    StatusSample losses(long here, long atPeers) {
        losses = new LossFigures(here, atPeers);
        return this;
    }

    StatusSample withUnrepairedEvents() {
        eventLossUnrepaired = true;
        return this;
    }

    StatusSample table(long entries, long maximum) {
        table = new KernelTable(entries, maximum);
        return this;
    }

    /** The status, of a daemon that has run for a day, two hours and three minutes. */
    public DaemonStatus build() {
        SyncCounters sync = new SyncCounters();
        sync.add(SyncCounter.MALFORMED, 3);
        sync.increment(SyncCounter.WRONG_VERSION);
        sync.add(SyncCounter.TRUNCATED, 2);
        sync.add(SyncCounter.LOST, 5);
        sync.add(SyncCounter.BEFORE, 4);
        LoopLatency latency = new LoopLatency(Ticker.systemTicker());
        latency.record(TimeUnit.MICROSECONDS.toNanos(300));
        return new DaemonStatus(93_780, mode, new RoleFigures(Role.Part.PRIMARY, "promote", 61), internal,
            new CacheFigures("external", 0, 0, 0, 0, 0, 0, 100), bypass, injection, new Traffic(84, 1), links, peers,
            sync, losses, List.of(new QueueFigures("txqueue", 0, Integer.MAX_VALUE, 0)), 1,
            new KernelFigures(new KernelCounters.Snapshot(7, 2, 0, 0, 0, 0), 2_097_152, eventLossUnrepaired,
                Optional.of(table)),
            new CommitFigures(false, new ExternalCommit.Result(1, 400, 3, 400, 3, 1_500_000)),
            new ControlFigures(9, 0, 0, 0), latency.figures());
    }
}
