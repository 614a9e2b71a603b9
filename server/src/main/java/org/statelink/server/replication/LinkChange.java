/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.statelink.config.LinkConfig;
import org.statelink.config.Sync;
import org.statelink.server.reload.LinkMatch;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Other dedicated links for a running session. New ones are opened first, and do not read yet; then, in one step on
 * the state loop, old ones are closed and the new ones read. So whatever peers send meanwhile is read once, or twice
 * from two sockets, which the sequence numbers sort out, but not never.
 */
final class LinkChange {
    private final SyncLinkGroup group;
    private final SyncSession session;
    private final EventLoop loop;
    private final Sync before;
    private final Sync after;
    private final LinkMatch match;
    private final List<SyncLink> old;
    private final List<SyncLink> links = new ArrayList<>();
    private final List<SyncLink> opened = new ArrayList<>();
    // these two belong to the state loop
    private final List<Channel> unread = new ArrayList<>();
    private boolean applied;

    private LinkChange(ReplicatorParts parts, Sync before, Sync after, List<SyncLink> old) {
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
        List<SyncLink> old = parts.loop().submit(() -> List.copyOf(parts.links().links())).awaitUninterruptibly()
            .getNow();
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

    private SyncLink open(int position, LinkConfig config) throws StartException {
        SyncLink link = StartUp.await(LinkOpener.open(freeIndex(position), config, after.errorQueueLength(),
            loop, unread()),
            "can't open channel socket");
        opened.add(link);
        return link;
    }

    private LinkInitializer unread() {
        LinkInitializer initializer = session.linkInitializer();
        return (link, pipeline) -> {
            initializer.initialize(link, pipeline);
            if (!applied) {
                pipeline.channel().config().setAutoRead(false);
                unread.add(pipeline.channel());
            }
        };
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
        loop.execute(() -> opened.forEach(SyncLink::close));
    }

    /** Changes over. On the state loop. */
    void apply() {
        SyncLink output = output();
        for (int i = 0; i < old.size(); i++) {
            if (!match.isKept(i)) {
                old.get(i).close();
            }
        }
        for (SyncLink link : opened) {
            int position = links.indexOf(link);
            if (position < old.size() && !match.isKept(position)) {
                link.succeed(old.get(position));
            }
            session.linkRenewed(link.index());
        }
        group.replace(links, output);
        applied = true;
        unread.forEach(channel -> channel.config().setAutoRead(true));
    }

    /** The present output link or the one in its place, unless another is to be used first from now on. */
    private SyncLink output() {
        SyncLink initial = links.get(after.initialLink());
        if (before.initialLink() != after.initialLink()) {
            return initial;
        }
        int position = old.indexOf(group.current());
        if (position >= 0 && match.isKept(position)) {
            return group.current();
        }
        boolean replaced = position >= 0 && position < links.size() && opened.contains(links.get(position));
        return replaced ? links.get(position) : initial;
    }
}
