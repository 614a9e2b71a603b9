/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import java.util.Optional;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.kernel.PageCommitter;
import org.statelink.server.link.DedicatedLinks;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.mode.Losses;
import org.statelink.server.mode.SyncMode;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * What a {@link Replicator} is made of, in the order of the road from the kernel to the peers and back.
 *
 * @param kernel the side towards the kernel
 * @param links which dedicated links the session sees
 * @param dedicated what chooses among them
 * @param committer writes pages into the kernel, for {@code commit}
 * @param bypass present where there is no internal cache; the cache is empty then
 * @param injection present where there is no external cache; the cache is empty then
 * @param purgeSeconds {@code PurgeTimeout}
 * @param startupResync whether the peers are asked for everything at the start
 */
record ReplicatorParts(EventLoop loop, Uptime uptime, KernelSide kernel, InternalCache internal,
                       ExternalCache external, SyncMode mode, Losses losses, SyncSession session,
                       SyncCounters syncCounters, SyncLinkGroup links, DedicatedLinks dedicated,
                       PageCommitter committer, ExternalCommit commit,
                       Optional<BypassFlows> bypass, Optional<KernelInjection> injection, int purgeSeconds,
                       boolean startupResync) {
    void close() {
        mode.close();
        injection.ifPresent(KernelInjection::close);
        kernel.close();
        session.close();
        dedicated.close();
        internal.close();
        external.close();
    }
}
