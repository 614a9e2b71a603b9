/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import java.util.Optional;
import org.statelink.config.Mode;
import org.statelink.config.Sync;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.ExpectationPreparation;
import org.statelink.server.reload.ModeSettings;
import org.statelink.server.reload.ReloadOption;
import org.statelink.server.reload.ReloadPlan;
import org.statelink.server.system.StartException;

/** Makes a running replicator follow a plan: its links, caches, session and commit. */
public final class ReplicatorSettings implements ModeSettings {
    private final Replicator replicator;
    private final ReplicatorParts parts;

    /** Settings of this replicator. */
    public ReplicatorSettings(Replicator replicator) {
        this.replicator = replicator;
        parts = replicator.parts();
    }

    @Override
    public Runnable prepare(ReloadPlan plan) throws StartException {
        Optional<LinkChange> links = openLinks(plan);
        return () -> {
            links.ifPresent(LinkChange::apply);
            applyLimit(plan.to().general().hashLimit());
            plan.to().sync().ifPresent(this::applySync);
        };
    }

    private Optional<LinkChange> openLinks(ReloadPlan plan) throws StartException {
        return plan.follows(ReloadOption.LINKS)
            ? Optional.of(LinkChange.prepare(parts, plan.from().sync().orElseThrow(), plan.to().sync().orElseThrow()))
            : Optional.empty();
    }

    private void applyLimit(int objects) {
        parts.internal().setLimit(objects);
        parts.external().setLimit(objects);
    }

    private void applySync(Sync sync) {
        Mode mode = sync.mode();
        boolean windows = sync.options().tcpWindowTracking();
        parts.internal().setContent(mode.commitTimeout() == 0, windows);
        parts.committer().setRules(new CommitPreparation(mode.commitTimeout(), windows));
        parts.expectationCommitter().setRules(new ExpectationPreparation(mode.commitTimeout()));
        replicator.setPurgeSeconds(mode.purgeTimeout());
        if (mode instanceof Mode.Ftfw ftfw) {
            parts.session().resize(ftfw.ackWindowSize(), ftfw.resendQueueSize());
        }
    }
}
