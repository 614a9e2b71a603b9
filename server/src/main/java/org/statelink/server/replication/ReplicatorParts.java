/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.EventReceiver;
import org.statelink.server.kernel.EventSocketFilter;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.KernelFlush;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.KernelResync;
import org.statelink.server.kernel.OverrunRepair;
import org.statelink.server.kernel.OwnWrites;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.mode.SyncMode;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * What a {@link Replicator} is made of, in the order of the road from the kernel to the peers and back.
 *
 * @param events the event socket
 * @param receiver what listens to it
 * @param socketFilter what the kernel keeps from it
 * @param clients the request sockets
 * @param writes what this node itself did to the kernel's table
 * @param committer writes pages into the kernel, for {@code commit}
 * @param bypass present where there is no internal cache; the cache is empty then
 * @param injection present where there is no external cache; the cache is empty then
 * @param purgeSeconds {@code PurgeTimeout}
 * @param startupResync whether the peers are asked for everything at the start
 * @param pollSeconds seconds between two readings of the kernel's table in place of events; 0: there are events
 */
record ReplicatorParts(EventLoop loop, Uptime uptime, ConntrackEvents events, EventReceiver receiver,
                       EventSocketFilter socketFilter,
                       List<ConntrackClient> clients,
                       KernelCounters kernelCounters, OverrunRepair overrun, KernelResync resync, KernelFlush flush,
                       OwnWrites writes,
                       InternalCache internal, ExternalCache external, SyncMode mode, SyncSession session,
                       SyncCounters syncCounters, SyncLinkGroup links, PageCommitter committer, ExternalCommit commit,
                       Optional<BypassFlows> bypass, Optional<KernelInjection> injection, int purgeSeconds,
                       boolean startupResync, int pollSeconds) {
    void close() {
        mode.close();
        injection.ifPresent(KernelInjection::close);
        overrun.close();
        events.close();
        clients.forEach(ConntrackClient::close);
        session.close();
        links.close();
        internal.close();
        external.close();
    }
}
