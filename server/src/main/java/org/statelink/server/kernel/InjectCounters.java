/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.concurrent.atomic.LongAdder;
import org.statelink.sync.protocol.MessageType;

/** What became of the states that went straight into the kernel. Written on the kernel loop, read anywhere. */
public final class InjectCounters {
    private static final int TYPES = 3;

    private final LongAdder[] done = adders();
    private final LongAdder[] failed = adders();

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[TYPES];
        for (int type = 0; type < TYPES; type++) {
            adders[type] = new LongAdder();
        }
        return adders;
    }

    void done(int type) {
        done[type].increment();
    }

    void failed(int type) {
        failed[type].increment();
    }

    /** The figures as they are now. */
    public Snapshot snapshot() {
        return new Snapshot(done[MessageType.CT_NEW].sum(), failed[MessageType.CT_NEW].sum(),
            done[MessageType.CT_UPDATE].sum(), failed[MessageType.CT_UPDATE].sum(),
            done[MessageType.CT_DELETE].sum(), failed[MessageType.CT_DELETE].sum());
    }

    /**
     * The figures at one moment.
     *
     * @param created new flows that the kernel has
     * @param createFailed new flows that it refused
     * @param updated updates that the kernel has
     * @param updateFailed updates that it refused
     * @param destroyed flows that it deleted
     * @param destroyFailed flows that it refused to delete
     */
    public record Snapshot(long created, long createFailed, long updated, long updateFailed, long destroyed,
                           long destroyFailed) {
    }
}
