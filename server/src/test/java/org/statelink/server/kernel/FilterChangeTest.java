/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.config.Filter;
import org.statelink.config.ProtocolFilter;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.CacheSession;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;

/** No event is heard here, so that what happens at an awkward moment can be chosen. */
class FilterChangeTest {
    private static final EventFilter ALL = new EventFilter(Filter.NONE);
    private static final EventFilter NO_TCP = new EventFilter(new Filter(Filter.Place.USERSPACE,
        Optional.of(new ProtocolFilter(Filter.Action.IGNORE, new TreeSet<>(List.of(IpProtocol.TCP)))),
        Optional.empty(), Optional.empty()));

    private final EventLoop loop = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final List<Boolean> deaths = new ArrayList<>();
    private Runnable whenTransmitted = () -> { };
    private InternalCache internal;
    private ConntrackClient client;

    @BeforeEach
    void open() throws Exception {
        internal = loop.submit(() -> new InternalCache(10_000, true, true)).get();
        internal.setSession(new CacheSession() {
            @Override
            public void send(int ref) {
                deaths.add(internal.isDead(ref));
            }

            @Override
            public void forget(int ref) {
            }
        });
        client = ConntrackClient.open(kernel, loop).get();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        loop.submit(internal::close).get();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }

    private FilterOutcome change(EventFilter before, EventFilter after) throws Exception {
        Future<Future<FilterOutcome>> started = loop.submit(() ->
            new FilterChange(client, internal, before, after, uptime, () -> whenTransmitted.run()).start());
        return started.get().get();
    }

    private void hear(Conntrack flow) throws Exception {
        loop.submit(() -> internal.onUpdate(flow, false, 0)).get();
    }

    private long active() throws Exception {
        return loop.submit(() -> internal.counters().get(CacheCounter.ACTIVE)).get();
    }

    @Test
    void shouldRemoveWhatIsIgnoredAndTellOfItsEnd() throws Exception {
        for (int port = 1; port <= 2000; port++) {
            hear(Flows.tcp(port));
            kernel.traffic(Flows.tcp(port));
        }

        assertThat(change(ALL, NO_TCP)).isEqualTo(new FilterOutcome(2000, 0));

        assertThat(active()).isZero();
        assertThat(deaths).hasSize(2000).doesNotContain(false);
    }

    @Test
    void shouldAddWhatWasIgnoredAndTellOfIt() throws Exception {
        for (int port = 1; port <= 2000; port++) {
            kernel.traffic(Flows.tcp(port));
        }

        assertThat(change(NO_TCP, ALL)).isEqualTo(new FilterOutcome(0, 2000));

        assertThat(active()).isEqualTo(2000);
        assertThat(deaths).hasSize(2000).doesNotContain(true);
    }

    @Test
    void shouldNotTellAgainOfWhatWasKnown() throws Exception {
        hear(Flows.tcp(1));
        kernel.traffic(Flows.tcp(1));

        assertThat(change(ALL, ALL)).isEqualTo(new FilterOutcome(0, 0));

        assertThat(deaths).isEmpty();
    }

    @Test
    void shouldNotKeepAFlowThatEndsBetweenBeingReadAndBeingAdded() throws Exception {
        for (int port = 1; port <= 200; port++) {
            kernel.traffic(Flows.tcp(port));
        }
        whenTransmitted = () -> {
            if (internal.counters().get(CacheCounter.ACTIVE) == 200) {
                for (int port = 1; port <= 150; port++) {
                    kernel.expire(Flows.tcp(port));
                }
            }
        };

        change(NO_TCP, ALL);

        assertThat(active()).isEqualTo(50);
        assertThat(deaths.stream().filter(dead -> dead)).as("the peers know").hasSize(150);
    }

    @Test
    void shouldNotPutAnOldStateOverOneThatWasHeardSince() throws Exception {
        kernel.traffic(Flows.tcp(1));
        Conntrack newer = Flows.tcp(1);
        newer.protocol().setState(7);
        boolean[] first = {true};
        whenTransmitted = () -> {
            if (first[0]) {
                first[0] = false;
                internal.onUpdate(newer, true, 1);
            }
        };

        change(NO_TCP, ALL);

        Conntrack stored = new Conntrack();
        loop.submit(() -> internal.decode(internal.find(Flows.tcp(1)), stored)).get();
        assertThat(stored.protocol().state()).isEqualTo(7);
    }
}
