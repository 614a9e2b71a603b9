/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.FlowListener;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntrySelection;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;

/**
 * Reads the kernel's table into the internal cache. It reads on the state loop, one datagram per turn, so that flows
 * need not cross threads and events are served in between.
 */
public final class KernelResync {
    private static final Logger LOG = LoggerFactory.getLogger(KernelResync.class);

    private final ConntrackClient client;
    private final InternalCache internal;
    private final Uptime uptime;
    private final Runnable transmit;
    private final HeardFlows heard;
    private final DoubtfulFlows doubtful;
    private EventFilter filter;
    private long readSince;
    private int reads;
    private Promise<Long> repairing;
    private Promise<Long> repairAgain;

    /**
     * A reader of the kernel's table.
     *
     * @param client a socket of its own, on the state loop
     * @param heard what events told of while the table is read
     * @param doubtful takes flows that may have ended between being read and being added
     * @param transmit sends what was queued for the peers
     */
    public KernelResync(ConntrackClient client, InternalCache internal, EventFilter filter, Uptime uptime,
                        HeardFlows heard, DoubtfulFlows doubtful, Runnable transmit) {
        this.heard = heard;
        this.doubtful = doubtful;
        this.client = client;
        this.internal = internal;
        this.filter = filter;
        this.uptime = uptime;
        this.transmit = transmit;
    }

    /** Adds and updates what the kernel has. Peers are not told, nothing is removed: conntrackd's {@code -R}. */
    public Future<Long> read() {
        return readAll(this::readOne);
    }

    /** As {@link #read}, but peers are told of flows that begin here: events of new ones were not asked for. */
    public Future<Long> catchUp() {
        return readAll(this::addOne).addListener(read -> transmit.run());
    }

    private void addOne(Conntrack flow) {
        if (isWanted(flow)) {
            internal.onUpdate(flow, !internal.isLive(internal.find(flow)), uptime.seconds());
        }
    }

    private void readOne(Conntrack flow) {
        if (isWanted(flow)) {
            internal.onUpdate(flow, false, uptime.seconds());
        }
    }

    /**
     * Makes the cache equal to the kernel after events were missed, and tells the peers of the differences: what the
     * kernel has is updated, what it has no more dies. While one runs, all further requests make it run once more.
     *
     * @return the number of flows read, when the cache is equal
     */
    public Future<Long> repair() {
        if (repairing == null) {
            repairing = newPromise();
            follow(this::repairOne);
            return repairing;
        }
        if (repairAgain == null) {
            repairAgain = newPromise();
        }
        return repairAgain;
    }

    /**
     * Makes the cache equal to the kernel, and tells the peers of every flow that is there and of those that are not
     * any more; in place of events. While one runs, another one is left out.
     */
    public void poll() {
        if (repairing == null) {
            repairing = newPromise();
            follow(this::tellOne);
        }
    }

    private void follow(FlowListener each) {
        internal.beginResync();
        readAll(each).addListener((Future<Long> dump) -> {
            if (dump.isSuccess()) {
                transmit.run();
                new Sweep(() -> end().setSuccess(dump.getNow())).nextPage();
            } else {
                LOG.error("the kernel's connections could not be read: {}", dump.cause().getMessage());
                end().setFailure(dump.cause());
            }
        });
    }

    private void tellOne(Conntrack flow) {
        if (isWanted(flow)) {
            internal.onUpdate(flow, true, uptime.seconds());
        }
    }

    private void repairOne(Conntrack flow) {
        if (isWanted(flow)) {
            internal.onRepair(flow, uptime.seconds());
        }
    }

    /** Reads the table; the future completes when what was in doubt is settled. */
    private Future<Long> readAll(FlowListener each) {
        Promise<Long> read = newPromise();
        heard.listen();
        if (reads++ == 0) {
            readSince = heard.moment();
        }
        client.dump(0, each).addListener((Future<Long> dump) -> doubtful.settle(() -> {
            heard.release();
            reads--;
            if (dump.isSuccess()) {
                read.setSuccess(dump.getNow());
            } else {
                read.setFailure(dump.cause());
            }
        }));
        return read;
    }

    /** An end that was heard of is newer than what the dump tells; the kernel knows whether it was this flow's. */
    private boolean isWanted(Conntrack flow) {
        if (!filter.accepts(flow)) {
            return false;
        }
        boolean ended = heard.since(flow, readSince) && !internal.isLive(internal.find(flow));
        if (ended) {
            doubtful.add(flow);
        } else {
            NatMapping.fromReply(flow);
        }
        return !ended;
    }

    private Promise<Long> newPromise() {
        return client.channel().eventLoop().newPromise();
    }

    /** Whom to tell of the end; the next one that was asked for begins. */
    private Promise<Long> end() {
        Promise<Long> ended = repairing;
        repairing = repairAgain;
        repairAgain = null;
        if (repairing != null) {
            follow(this::repairOne);
        }
        return ended;
    }

    /**
     * Another filter from now on: what it ignores leaves the cache, what it newly accepts comes in, and the peers are
     * told. The event socket's listener has it already.
     */
    public Future<FilterOutcome> changeFilter(EventFilter newFilter) {
        EventFilter before = filter;
        filter = newFilter;
        return new FilterChange(client, internal, before, newFilter, uptime, transmit).start();
    }

    /** Asks the kernel for each flow that the dump did not show; those that it does not know die. */
    private final class Sweep {
        private final Runnable whenDone;
        private final EntryCursor cursor = new EntryCursor();
        private final FlowPage page = new FlowPage();
        private boolean more;

        Sweep(Runnable whenDone) {
            this.whenDone = whenDone;
        }

        void nextPage() {
            more = internal.page(cursor, EntrySelection.UNSEEN, page);
            new MissingFlows(client, internal, page::next, this::pageDone).lookUp();
        }

        private void pageDone() {
            transmit.run();
            if (more) {
                client.channel().eventLoop().execute(this::nextPage);
            } else {
                whenDone.run();
            }
        }
    }
}
