/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.LinkFigures;
import org.statelink.server.status.DaemonStatus.PeerFigures;

/**
 * Whether connections would survive if this node or its peer died now, and what speaks against it.
 *
 * @param level the worst of what was found
 * @param reasons one sentence for each finding, the worst first; empty if all is well
 */
public record Health(Level level, List<String> reasons) {
    /** A peer silent for longer beside one that lives has left for good. */
    private static final long LEFT_NANOS = TimeUnit.HOURS.toNanos(1);
    /** A node that starts alone is given so long until its peer should have been heard. */
    private static final int GRACE_SECONDS = 30;
    /** In this mode silence means nothing. */
    private static final String SILENT_MODE = "ALARM";
    private static final int NEARLY_FULL_PERCENT = 95;
    private static final int ALL_PERCENT = 100;

    /** How well a node is. */
    public enum Level {
        /** Replication works. */
        OK,
        /** It works, but less would be left of it than was meant. */
        DEGRADED,
        /** Connections would be lost. */
        FAILED;

        /** Name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Judges. */
    public static Health of(DaemonStatus status) {
        Findings findings = new Findings();
        peers(status, findings);
        losses(status, findings);
        links(status.links(), findings);
        full(status.internal(), findings);
        full(status.external(), findings);
        status.kernel().table().ifPresent(table -> kernelTable(table, findings));
        return findings.health();
    }

    private static void peers(DaemonStatus status, Findings findings) {
        if (status.mode().equals(SILENT_MODE)) {
            return;
        }
        if (status.peers().isEmpty() && status.uptimeSeconds() >= GRACE_SECONDS) {
            findings.degraded("no peer has been heard since the start");
        }
        boolean alone = status.peers().stream().noneMatch(PeerFigures::live);
        for (PeerFigures peer : status.peers()) {
            String silence = "peer " + peer.address() + " has been silent for "
                + TimeUnit.NANOSECONDS.toSeconds(peer.silentNanos()) + " s";
            if (alone) {
                findings.failed(silence);
            } else if (!peer.live() && peer.silentNanos() < LEFT_NANOS) {
                findings.degraded(silence);
            }
        }
    }

    private static void losses(DaemonStatus status, Findings findings) {
        if (status.kernel().eventLossUnrepaired()) {
            findings.failed("kernel events were lost and the internal cache is not repaired yet");
        }
        if (status.losses().here() > 0) {
            findings.failed("up to " + status.losses().here() + " states of the peers are missing here; "
                + "conntrackd -n asks for them");
        }
        if (status.losses().atPeers() > 0) {
            findings.failed("up to " + status.losses().atPeers() + " states of this node are missing at a peer; "
                + "conntrackd -B sends them");
        }
    }

    private static void links(List<LinkFigures> links, Findings findings) {
        if (links.stream().noneMatch(LinkFigures::isUp)) {
            findings.failed("no dedicated link is up");
            return;
        }
        for (LinkFigures link : links) {
            if (!link.isUp()) {
                findings.degraded("the dedicated link on " + link.device() + " is " + link.status());
            }
        }
    }

    private static void full(CacheFigures cache, Findings findings) {
        if (cache.objects() >= cache.limit()) {
            findings.failed("the " + cache.name() + " cache is full: raise HashLimit " + cache.limit());
        }
    }

    private static void kernelTable(KernelTable table, Findings findings) {
        if (table.entries() * ALL_PERCENT >= table.maximum() * NEARLY_FULL_PERCENT) {
            findings.degraded("the kernel's table is nearly full: " + table.entries() + " of " + table.maximum()
                + " (net.netfilter.nf_conntrack_max)");
        }
    }

    private static final class Findings {
        private final List<String> failures = new ArrayList<>();
        private final List<String> weaknesses = new ArrayList<>();

        void failed(String reason) {
            failures.add(reason);
        }

        void degraded(String reason) {
            weaknesses.add(reason);
        }

        Health health() {
            Level level = !failures.isEmpty() ? Level.FAILED : !weaknesses.isEmpty() ? Level.DEGRADED : Level.OK;
            List<String> all = new ArrayList<>(failures);
            all.addAll(weaknesses);
            return new Health(level, List.copyOf(all));
        }
    }
}
