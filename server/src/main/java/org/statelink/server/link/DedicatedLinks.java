/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.LinkConfig;
import org.statelink.netlink.route.InterfaceListener;
import org.statelink.netlink.route.InterfaceMonitor;
import org.statelink.netlink.route.InterfaceState;
import org.statelink.netlink.route.InterfaceStatus;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Chooses the link that sends: another one when the interface of the present one goes down, and the one that is used
 * first when its interface is up again for good. On the state loop. Source: docs of conntrackd's modes, section 12;
 * conntrackd does not go back.
 */
public final class DedicatedLinks implements InterfaceListener, DedicatedLink.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DedicatedLinks.class);
    /** Seconds that an interface has to be up before its link is used again: plugs and switches bounce. */
    private static final int STEADY_SECONDS = 1;

    private final SyncLinkGroup group;
    private final SyncSession session;
    private final SyncCounters counters;
    private final EventLoop loop;
    private final Ticker ticker = Ticker.systemTicker();
    private List<DedicatedLink> links = List.of();
    private Optional<DedicatedLink> first = Optional.empty();
    private boolean firstIsUp;
    private boolean noneIsUp;
    private InterfaceMonitor monitor;
    private Future<?> fallback;

    /** Without links; {@link #watch} comes next. */
    public DedicatedLinks(SyncLinkGroup group, SyncSession session, SyncCounters counters, EventLoop loop) {
        this.group = group;
        this.session = session;
        this.counters = counters;
        this.loop = loop;
    }

    /** Takes the monitor over, which tells this object of all interfaces. */
    public void watch(InterfaceMonitor interfaces) {
        monitor = interfaces;
    }

    /**
     * Opens a link, for {@link #use}. The future is there when it is open, or waits for its interface or its address;
     * it fails with one line for the operator where waiting would not help.
     *
     * @param errorQueueLength packets that wait for a connection, where there are connections
     */
    public Future<DedicatedLink> open(int index, LinkConfig config, int errorQueueLength) {
        try {
            DedicatedLink link = new DedicatedLink(index, config, LinkOpener.options(config, errorQueueLength), loop,
                session.linkInitializer(), this);
            return link.start(monitor.find(link.interfaceName()));
        } catch (LinkException | IllegalArgumentException e) {
            return loop.newFailedFuture(e);
        }
    }

    /**
     * Uses these links, which were opened, in the order of the configuration. Those left out are not closed.
     *
     * @param usedFirst index in the list of the one that sends if it can
     * @param output index in the list of the one that sends now if it can
     */
    public void use(List<DedicatedLink> newLinks, int usedFirst, int output) {
        links = List.copyOf(newLinks);
        first = Optional.of(links.get(usedFirst));
        group.replace(links.stream().map(DedicatedLink::link).toList(), links.get(output).link());
        links.forEach(link -> link.onInterfaceFound(monitor.find(link.interfaceName())));
        firstIsUp = first.get().link().isUp();
        choose();
    }

    /** The links in the order of the configuration. */
    public List<DedicatedLink> links() {
        return links;
    }

    /** The state of the interface under one of the group's links. */
    public InterfaceStatus status(SyncLink link) {
        return links.stream().filter(each -> each.link() == link).findFirst().map(DedicatedLink::status)
            .orElse(InterfaceStatus.DOWN);
    }

    @Override
    public void onInterface(InterfaceState state) {
        on(state).forEach(link -> link.onInterface(state));
        choose();
    }

    @Override
    public void onInterfaceGone(InterfaceState state) {
        on(state).forEach(link -> link.onInterfaceGone(state));
        choose();
    }

    private Stream<DedicatedLink> on(InterfaceState state) {
        return links.stream().filter(link -> link.interfaceName().equals(state.name()));
    }

    @Override
    public void replaced(DedicatedLink link, SyncLink former) {
        if (links.contains(link)) {
            group.substitute(former, link.link());
            session.linkRenewed(link.index());
            choose();
        }
    }

    private void choose() {
        if (first.isEmpty()) {
            return;
        }
        boolean up = first.get().link().isUp();
        if (up != firstIsUp) {
            firstIsUp = up;
            cancelFallback();
            if (up) {
                fallBackLater();
            }
        }
        if (!group.isUp()) {
            failOver();
        } else if (noneIsUp) {
            use(group.current());
        }
    }

    private void failOver() {
        Optional<SyncLink> next = candidates().filter(SyncLink::isOutputConnected).findFirst()
            .or(() -> candidates().findFirst());
        if (next.isPresent()) {
            counters.increment(SyncCounter.LINK_FAILOVERS);
            use(next.get());
        } else if (!noneIsUp) {
            noneIsUp = true;
            LOG.error("no dedicated links available!");
        }
    }

    private Stream<SyncLink> candidates() {
        return Stream.concat(first.stream(), links.stream()).map(DedicatedLink::link).filter(SyncLink::isUp);
    }

    private void use(SyncLink link) {
        noneIsUp = false;
        group.use(link, ticker.nanoTime());
        LOG.info("device `{}' becomes dedicated link", link.interfaceName());
        session.announce();
    }

    private void fallBackLater() {
        fallback = loop.schedule(this::fallBack, STEADY_SECONDS, TimeUnit.SECONDS);
    }

    private void fallBack() {
        SyncLink wanted = first.orElseThrow().link();
        if (group.current() == wanted) {
            return;
        }
        if (wanted.isOutputConnected()) {
            counters.increment(SyncCounter.LINK_FALLBACKS);
            use(wanted);
        } else {
            fallBackLater();
        }
    }

    private void cancelFallback() {
        if (fallback != null) {
            fallback.cancel(false);
        }
    }

    /** Closes all links. */
    @Override
    public void close() {
        cancelFallback();
        if (monitor != null) {
            monitor.close();
        }
        links.forEach(DedicatedLink::close);
    }
}
