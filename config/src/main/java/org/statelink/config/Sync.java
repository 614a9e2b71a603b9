/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Objects;

/**
 * Replication between firewalls.
 *
 * @param mode             how states are kept equal; default {@link Mode.Ftfw} with its defaults
 * @param links            the dedicated links in the order of the file, at most 4, all of one transport. A daemon
 *                         cannot
 *                         start without any
 * @param options          what is replicated beside the flows
 * @param errorQueueLength TCP links only, one value for the process: how many buffers wait for a connection that is not
 *                         up, at least 1; default 128
 */
public record Sync(Mode mode, List<LinkConfig> links, Options options, int errorQueueLength) {
    /** The length of the error queue of a configuration that names none. */
    public static final int DEFAULT_ERROR_QUEUE_LENGTH = 128;

    /** Checks the links' number and transports. */
    public Sync {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(options, "options");
        Limits.atLeast(1, errorQueueLength, "errorQueueLength");
        links = List.copyOf(links);
        Limits.between(0, Limits.LINKS, links.size(), "links");
        for (LinkConfig link : links) {
            if (link.transport() != links.getFirst().transport()) {
                throw new IllegalArgumentException("links of different transports");
            }
        }
    }

    /** With the defaults of everything else. */
    public Sync(Mode mode, List<LinkConfig> links) {
        this(mode, links, Options.DEFAULT, DEFAULT_ERROR_QUEUE_LENGTH);
    }

    /**
     * The index in {@link #links()} of the link to send on first: the last one marked so, else the first; -1 without
     * links.
     */
    public int initialLink() {
        for (int i = links.size() - 1; i >= 0; i--) {
            if (links.get(i).preferred()) {
                return i;
            }
        }
        return links.isEmpty() ? -1 : 0;
    }
}
