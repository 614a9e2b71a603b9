/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.util.List;
import java.util.Optional;
import org.statelink.control.ControlCounters;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.CacheCounters;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.replication.Role;
import org.statelink.sync.protocol.SyncCounters;

/**
 * What the daemon can say of itself at one moment: gathered on the state loop in one go, formatted elsewhere.
 *
 * @param uptimeSeconds since the start
 * @param mode name of the mode: {@code FTFW}, {@code NOTRACK}, {@code ALARM}
 * @param role which part the node plays
 * @param internal the internal cache
 * @param external the external cache
 * @param bypass what was told without an internal cache; empty where there is one
 * @param injection what was put into the kernel without an external cache; empty where there is one
 * @param traffic what flows that ended have carried
 * @param links the dedicated links in the order of the configuration
 * @param peers the peers that were heard
 * @param sync the protocol's counters
 * @param losses what is known to be missing here and at the peers
 * @param queues the transmit queue, the error queue and the resend queue
 * @param controlMessages control messages that wait in a queue
 * @param kernel the kernel's side
 * @param commit what the commits came to
 * @param control the control socket
 * @param latency how late the state loop was
 */
public record DaemonStatus(long uptimeSeconds, String mode, RoleFigures role, CacheFigures internal,
                           CacheFigures external, Optional<BypassFigures> bypass,
                           Optional<InjectCounters.Snapshot> injection, Traffic traffic, List<LinkFigures> links,
                           List<PeerFigures> peers, SyncCounters sync, LossFigures losses, List<QueueFigures> queues,
                           int controlMessages, KernelFigures kernel, CommitFigures commit, ControlFigures control,
                           LoopLatency.Figures latency) {

    /** What {@code -s runtime} tells. */
    public RuntimeFigures runtime() {
        return new RuntimeFigures(uptimeSeconds, kernel.counters(), kernel.eventBufferBytes(), control.readFailed());
    }

    /**
     * The figures that a daemon has whatever it works at.
     *
     * @param uptimeSeconds since the start
     * @param kernel what was counted on the kernel's side
     * @param eventBufferBytes receive buffer of the event socket
     * @param readsFailed clients of the control socket that left without a request
     */
    public record RuntimeFigures(long uptimeSeconds, KernelCounters.Snapshot kernel, int eventBufferBytes,
                                 long readsFailed) {
    }

    /**
     * Which part the node plays.
     *
     * @param part the part
     * @param reason what tells: a command, or {@code traffic}; empty where nothing does
     * @param seconds since it is so; 0 where traffic tells
     */
    public record RoleFigures(Role.Part part, String reason, long seconds) {
    }

    /**
     * One peer.
     *
     * @param index small number that stands for it
     * @param address where it was last heard from
     * @param silentNanos since then
     * @param live whether that is short enough for it to be waited for
     * @param unacknowledged messages sent that it has not acknowledged yet
     * @param gaps times that its sequence numbers jumped ahead
     * @param missed messages of it that did not come when their turn was
     * @param acknowledgements messages by which it acknowledged some of ours
     */
    public record PeerFigures(int index, String address, long silentNanos, boolean live, long unacknowledged,
                              long gaps, long missed, long acknowledgements) {
    }

    /**
     * What is known to be missing, at most.
     *
     * @param here states of the peers that this node misses
     * @param atPeers states of this node that a peer misses
     */
    public record LossFigures(long here, long atPeers) {
    }

    /**
     * The kernel's side.
     *
     * @param counters what was counted
     * @param eventBufferBytes receive buffer of the event socket
     * @param eventLossUnrepaired whether events were lost and the cache does not yet show what they told
     * @param table the kernel's connection table; empty where the kernel does not tell
     */
    public record KernelFigures(KernelCounters.Snapshot counters, int eventBufferBytes, boolean eventLossUnrepaired,
                                Optional<KernelTable> table) {
    }

    /**
     * Commits.
     *
     * @param running whether one is under way
     * @param result what the others came to
     */
    public record CommitFigures(boolean running, ExternalCommit.Result result) {
    }

    /**
     * The control socket.
     *
     * @param requests complete requests
     * @param readFailed clients that left without a request
     * @param unknownRequests requests that nobody knows
     * @param timedOut clients that were sent away because they said or read nothing
     */
    public record ControlFigures(long requests, long readFailed, long unknownRequests, long timedOut) {
        /** Zero where there is no socket. */
        static ControlFigures of(Optional<ControlCounters> control) {
            return control.map(counters -> new ControlFigures(counters.requests(), counters.readFailed(),
                counters.unknownRequests(), counters.timedOut())).orElse(new ControlFigures(0, 0, 0, 0));
        }
    }

    /**
     * One cache.
     *
     * @param active entries that are not dead
     * @param objects entries, dead ones that wait for an acknowledgement included
     * @param created additions
     * @param createFailed additions that found the cache full
     * @param updated updates of known entries
     * @param destroyed removals
     * @param limit most objects
     */
    public record CacheFigures(String name, long active, long objects, long created, long createFailed, long updated,
                               long destroyed, long limit) {
        static CacheFigures of(String name, CacheCounters counters, int limit) {
            return new CacheFigures(name, counters.get(CacheCounter.ACTIVE), counters.get(CacheCounter.OBJECTS),
                counters.get(CacheCounter.CREATED), counters.get(CacheCounter.CREATE_FAILED),
                counters.get(CacheCounter.UPDATED), counters.get(CacheCounter.DESTROYED), limit);
        }
    }

    /**
     * What the peers were told without an internal cache.
     *
     * @param created new flows
     * @param updated updates
     * @param destroyed ends
     */
    public record BypassFigures(long created, long updated, long destroyed) {
    }

    /**
     * What ended flows have carried, both directions.
     *
     * @param bytes octets
     * @param packets packets
     */
    public record Traffic(long bytes, long packets) {
        static Traffic of(InternalCache cache) {
            return new Traffic(cache.trafficBytes(), cache.trafficPackets());
        }
    }

    /**
     * One dedicated link.
     *
     * @param transport as conntrackd prints it: {@code UDP}, {@code multicast}, {@code TCP}
     * @param device name of the interface
     * @param status {@code RUNNING}, {@code NO-CARRIER} or {@code DOWN}
     * @param active whether it is the output link
     * @param connections where there are connections, who is connected: {@code server=connected client=connected}
     */
    public record LinkFigures(String transport, String device, String status, boolean active, long bytesSent,
                              long bytesReceived, long packetsSent, long packetsReceived, long sendErrors,
                              long receiveErrors, String connections) {
        /** A link without connections. */
        public LinkFigures(String transport, String device, String status, boolean active, long bytesSent,
                    long bytesReceived, long packetsSent, long packetsReceived, long sendErrors, long receiveErrors) {
            this(transport, device, status, active, bytesSent, bytesReceived, packetsSent, packetsReceived, sendErrors,
                receiveErrors, "");
        }

        /** Whether its interface is up and has a carrier. */
        public boolean isUp() {
            return status.equals("RUNNING");
        }
    }

    /**
     * One queue.
     *
     * @param length elements in it
     * @param maximum elements that it may hold
     * @param noSpace times that it was full
     */
    public record QueueFigures(String name, long length, long maximum, long noSpace) {
    }
}
