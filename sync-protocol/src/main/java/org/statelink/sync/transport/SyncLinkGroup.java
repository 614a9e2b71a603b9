/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The dedicated links of a daemon, in the order of the configuration. All receive; one, the current one, sends. Called
 * on the state loop. Source: docs of conntrackd's modes, section 12.
 */
public final class SyncLinkGroup {
    /** Most links that a daemon may have. */
    public static final int MAX_LINKS = 4;
    /**
     * Nanoseconds after a choice of our own during which peers are not followed: what they sent before they heard of
     * it would undo it.
     */
    static final long FIRMNESS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<SyncLink> links = new ArrayList<>();
    private final List<SyncLink> view = Collections.unmodifiableList(links);
    private SyncLink current;
    private Runnable writable = () -> { };
    private boolean receiving = true;
    private boolean firm;
    private long chosenAt;

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

    /**
     * Takes other links instead, in their new order; some may be links that it has. Those left out are not closed.
     *
     * @param output becomes the output link; one of the new ones
     */
    public void replace(List<SyncLink> newLinks, SyncLink output) {
        if (newLinks.size() > MAX_LINKS || !newLinks.contains(output)) {
            throw new IllegalArgumentException("links " + newLinks + ", output " + output);
        }
        links.clear();
        links.addAll(newLinks);
        links.forEach(link -> link.whenWritable(this::becameWritable));
        setReceiving(receiving);
        current = output;
        writable.run();
    }

    /** One link takes the place of another one, as {@link SyncLink#succeed} says; the other one is not closed. */
    public void substitute(SyncLink former, SyncLink link) {
        links.set(links.indexOf(former), link);
        link.succeed(former);
        link.whenWritable(this::becameWritable);
        link.setReceiving(receiving);
        current = current == former ? link : current;
        writable.run();
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

    /**
     * A valid message came in on the link: it becomes the output link, unless its interface is down, or another one was
     * just chosen that is up.
     */
    public void received(SyncLink link, long nowNanos) {
        if (link == current || !link.isUp() || !links.contains(link)) {
            return;
        }
        firm &= current.isUp() && nowNanos - chosenAt < FIRMNESS;
        if (!firm) {
            current = link;
            writable.run();
        }
    }

    /** Makes the link the output link, as when the other one's interface went down. */
    public void use(SyncLink link, long nowNanos) {
        if (!links.contains(link)) {
            throw new IllegalArgumentException(link + " is not in this group");
        }
        current = link;
        firm = true;
        chosenAt = nowNanos;
        writable.run();
    }

    /** Whether the interface of the output link carries packets. */
    public boolean isUp() {
        return current != null && current.isUp();
    }

    /** Whether the output link is up and takes more now. */
    public boolean isWritable() {
        return isUp() && current.isWritable();
    }

    /** Has {@code task} run whenever the output link may have become writable. */
    public void whenWritable(Runnable task) {
        writable = task;
    }

    /** Stops and restarts reading from all links; what was read already may still be told of. */
    public void setReceiving(boolean isReceiving) {
        receiving = isReceiving;
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
