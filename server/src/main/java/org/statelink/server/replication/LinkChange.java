/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import org.statelink.config.LinkConfig;
import org.statelink.config.Sync;
import org.statelink.server.link.DedicatedLink;
import org.statelink.server.link.DedicatedLinks;
import org.statelink.server.reload.LinkMatch;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Other dedicated links for a running session. New ones are opened first, and do not read yet; then, in one step on
 * the state loop, old ones are closed and the new ones read. So whatever peers send meanwhile is read once, or twice
 * from two sockets, which the sequence numbers sort out, but not never.
 */
final class LinkChange {
    private final DedicatedLinks dedicated;
    private final SyncLinkGroup group;
    private final SyncSession session;
    private final EventLoop loop;
    private final Sync before;
    private final Sync after;
    private final LinkMatch match;
    private final List<DedicatedLink> old;
    private final List<DedicatedLink> links = new ArrayList<>();
    private final List<DedicatedLink> opened = new ArrayList<>();

    private LinkChange(ReplicatorParts parts, Sync before, Sync after, List<DedicatedLink> old) {
        dedicated = parts.dedicated();
        group = parts.links();
        session = parts.session();
        loop = parts.loop();
        this.before = before;
        this.after = after;
        this.old = old;
        match = LinkMatch.between(before.links(), after.links());
    }

    /**
     * Opens the new links, and waits for them on the calling thread.
     *
     * @throws StartException if one cannot be opened; then none is
     */
    static LinkChange prepare(ReplicatorParts parts, Sync before, Sync after) throws StartException {
        List<DedicatedLink> old = StartUp.await(parts.loop().submit(parts.dedicated()::links),
            "internal error");
        LinkChange change = new LinkChange(parts, before, after, old);
        try {
            change.open();
        } catch (StartException e) {
            change.cancel();
            throw e;
        }
        return change;
    }

    private void open() throws StartException {
        for (int i = 0; i < after.links().size(); i++) {
            int source = match.source(i);
            links.add(source == LinkMatch.NEW ? open(i, after.links().get(i)) : old.get(source));
        }
    }

    private DedicatedLink open(int position, LinkConfig config) throws StartException {
        int index = freeIndex(position);
        Future<Future<DedicatedLink>> opening = loop.submit(() ->
            dedicated.open(index, config, after.errorQueueLength()).addListener((Future<DedicatedLink> done) -> {
                if (done.isSuccess()) {
                    done.getNow().link().setReceiving(false);
                }
            }));
        DedicatedLink link = StartUp.await(StartUp.await(opening, "internal error"),
            "can't open channel socket");
        opened.add(link);
        return link;
    }

    /** Number by which peers know the link: that of its place, or else one that no link has that stays or is new. */
    private int freeIndex(int position) {
        boolean[] used = new boolean[SyncLinkGroup.MAX_LINKS];
        for (int i = 0; i < old.size(); i++) {
            used[old.get(i).index()] |= match.isKept(i);
        }
        opened.forEach(link -> used[link.index()] = true);
        int index = position;
        while (used[index]) {
            index = (index + 1) % used.length;
        }
        return index;
    }

    /** Gives the links that were opened up again. */
    void cancel() {
        loop.execute(() -> opened.forEach(DedicatedLink::close));
    }

    /** Changes over. On the state loop. */
    void apply() {
        int output = output();
        for (int i = 0; i < old.size(); i++) {
            if (!match.isKept(i)) {
                old.get(i).close();
            }
        }
        for (DedicatedLink link : opened) {
            int position = links.indexOf(link);
            if (position < old.size() && !match.isKept(position)) {
                link.link().succeed(old.get(position).link());
            }
            session.linkRenewed(link.index());
        }
        dedicated.use(links, after.initialLink(), output);
    }

    /** The place of the present output link or of the one instead of it, unless another is used first from now on. */
    private int output() {
        if (before.initialLink() != after.initialLink()) {
            return after.initialLink();
        }
        for (int i = 0; i < old.size(); i++) {
            if (old.get(i).link() == group.current()) {
                return placeOf(i);
            }
        }
        return after.initialLink();
    }

    private int placeOf(int oldPosition) {
        if (match.isKept(oldPosition)) {
            return links.indexOf(old.get(oldPosition));
        }
        boolean replaced = oldPosition < links.size() && opened.contains(links.get(oldPosition));
        return replaced ? oldPosition : after.initialLink();
    }
}
