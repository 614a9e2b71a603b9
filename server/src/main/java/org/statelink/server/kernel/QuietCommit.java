/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;

/**
 * Spares the kernel a message for each flow that a large commit makes. It builds one as long as anybody is in the group
 * of new flows, whatever the socket's filter then drops, and that is half of what a commit costs. So the event socket
 * leaves this group meanwhile. It stays in the others: without any listener the kernel would never tell of flows that
 * begin now, and updates tell of most that traffic began. The rest is found in the kernel's table afterwards. On the
 * state loop.
 */
public final class QuietCommit {
    /** Below, reading the table costs more than is spared. */
    static final int LEAST_ENTRIES = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(QuietCommit.class);
    private static final long RETRY_SECONDS = 1;

    private final ConntrackEvents events;
    private final int groups;
    private final EventLoop loop;
    private final Runnable catchUp;
    private boolean quiet;

    /**
     * Commits of which this socket is not told.
     *
     * @param groups those that the socket is in, {@link ConntrackGroup} bits
     * @param catchUp runs when new flows are told of again; some may have begun meanwhile
     */
    public QuietCommit(ConntrackEvents events, int groups, EventLoop loop, Runnable catchUp) {
        this.events = events;
        this.groups = groups;
        this.loop = loop;
        this.catchUp = catchUp;
    }

    /** A commit of so many entries begins. */
    void begin(long entries) {
        if (quiet || entries < LEAST_ENTRIES || (groups & ConntrackGroup.NEW) == 0) {
            return;
        }
        try {
            events.setGroups(groups & ~ConntrackGroup.NEW);
            quiet = true;
        } catch (ChannelException e) {
            LOG.warn("the commit takes longer, the event socket cannot be spared new flows: {}", e.getMessage());
        }
    }

    /** Whether flows can begin without an event. */
    boolean isQuiet() {
        return quiet;
    }

    /** The kernel has it all. */
    void end() {
        if (!quiet) {
            return;
        }
        try {
            events.setGroups(groups);
            quiet = false;
            catchUp.run();
        } catch (ChannelException e) {
            retry(e);
        }
    }

    private void retry(ChannelException failure) {
        if (events.channel().isOpen()) {
            LOG.error("the event socket is not told of new flows again: {}", failure.getMessage());
            loop.schedule(this::end, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
