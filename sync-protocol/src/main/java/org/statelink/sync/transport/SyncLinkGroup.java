/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The dedicated links of a daemon, in the order of the configuration. All receive; one, the current one, sends. Called
 * on the state loop. Source: docs of conntrackd's modes, section 12.
 */
public final class SyncLinkGroup {
    /** Most links that a daemon may have. */
    public static final int MAX_LINKS = 4;

    private final List<SyncLink> links = new ArrayList<>();
    private final List<SyncLink> view = Collections.unmodifiableList(links);
    private SyncLink current;
    private Runnable writable = () -> { };

    /**
     * Adds a link. The current one becomes the preferred one (the last such), else the first. Links are added before
     * the session starts.
     */
    public void add(SyncLink link) {
        if (links.size() == MAX_LINKS) {
            throw new IllegalStateException("more than " + MAX_LINKS + " links");
        }
        links.add(link);
        links.sort(Comparator.comparingInt(SyncLink::index));
        link.whenWritable(this::becameWritable);
        current = links.getFirst();
        for (SyncLink each : links) {
            current = each.options().preferred() ? each : current;
        }
    }

    /** The links in the order of the configuration; not to be changed. */
    public List<SyncLink> links() {
        return view;
    }

    /** The output link; null if there are no links. */
    public SyncLink current() {
        return current;
    }

    /** What the link is used for at present. */
    public LinkRole role(SyncLink link) {
        return link == current ? LinkRole.ACTIVE : LinkRole.BACKUP;
    }

    /** A valid message came in on the link: it becomes the output link. */
    public void received(SyncLink link) {
        current = link;
    }

    /** Makes the link the output link, as when the other one's interface went down. */
    public void use(SyncLink link) {
        if (!links.contains(link)) {
            throw new IllegalArgumentException(link + " is not in this group");
        }
        current = link;
        writable.run();
    }

    /** Whether the output link takes more now. */
    public boolean isWritable() {
        return current != null && current.isWritable();
    }

    /** Has {@code task} run whenever the output link may have become writable. */
    public void whenWritable(Runnable task) {
        writable = task;
    }

    /** Stops and restarts reading from all links; what was read already may still be told of. */
    public void setReceiving(boolean receiving) {
        links.forEach(link -> link.setReceiving(receiving));
    }

    /** Closes all links. */
    public void close() {
        links.forEach(SyncLink::close);
    }

    private void becameWritable() {
        writable.run();
    }
}
