/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntrySelection;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.system.Uptime;

/** Reads the kernel's expectations into the internal cache, after the flows that they belong to. On the state loop. */
public final class ExpectationResync {
    private static final Logger LOG = LoggerFactory.getLogger(ExpectationResync.class);

    private final ConntrackClient client;
    private final InternalCaches internal;
    private final ExpectationFilter filter;
    private final Uptime uptime;
    private final Runnable transmit;
    private final EntryCursor cursor = new EntryCursor();
    private final ExpectationPage page = new ExpectationPage();
    private final Expectation expectation = new Expectation();

    /**
     * A reader of the kernel's expectations.
     *
     * @param client a socket on the state loop; dumps on it are made in the order in which they are asked for
     * @param transmit sends what was queued for the peers
     */
    public ExpectationResync(ConntrackClient client, InternalCaches internal, ExpectationFilter filter, Uptime uptime,
                             Runnable transmit) {
        this.client = client;
        this.internal = internal;
        this.filter = filter;
        this.uptime = uptime;
        this.transmit = transmit;
    }

    /** Whether any expectation counts. */
    public boolean isActive() {
        return filter.isActive();
    }

    /** Adds and updates what the kernel has. Peers are not told, nothing is removed. */
    public Future<Long> read() {
        return client.dumpExpectations(0, this::readOne);
    }

    private void readOne(Expectation read) {
        if (counts(read)) {
            internal.expectations().onUpdate(read, false, uptime.seconds());
        }
    }

    private boolean counts(Expectation read) {
        return filter.accepts(read) && internal.knowsMaster(read);
    }

    /** Has {@link #repair} done after the reading of flows that has begun, and answers that. */
    Future<Long> repairAfter(Future<Long> flows) {
        repair();
        return flows;
    }

    /**
     * Makes the cache equal to the kernel after events were lost, and tells the peers of the differences. The kernel
     * keeps its expectations in a table that never changes its size: what a dump does not show, and no event told of
     * since it began, is gone.
     */
    public void repair() {
        if (!filter.isActive()) {
            return;
        }
        internal.expectations().beginResync();
        client.dumpExpectations(0, this::repairOne).addListener((Future<Long> dump) -> {
            if (dump.isSuccess()) {
                cursor.rewind();
                sweep();
            } else {
                LOG.error("the kernel's expectations could not be read: {}", dump.cause().getMessage());
            }
        });
    }

    private void repairOne(Expectation read) {
        if (counts(read)) {
            internal.expectations().onRepair(read, uptime.seconds());
        }
    }

    private void sweep() {
        boolean more = internal.expectations().page(cursor, EntrySelection.UNSEEN, page);
        while (page.next(expectation)) {
            internal.expectations().onMissing(expectation, true);
        }
        transmit.run();
        if (more) {
            client.channel().eventLoop().schedule(this::sweep, 0, TimeUnit.NANOSECONDS);
        }
    }
}
