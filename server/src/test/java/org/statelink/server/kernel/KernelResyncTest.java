/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.config.Filter;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.CacheSession;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;

/**
 * What happens between the kernel's answer to a dump and its being read. Events are heard at the moment that a test
 * chooses: the kernel has answered, and nobody has read it yet.
 */
class KernelResyncTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private final HeardFlows heard = new HeardFlows();
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final List<Boolean> deathsTold = new ArrayList<>();
    private InternalCache internal;
    private ConntrackClient client;
    private KernelResync resync;

    @BeforeEach
    void open() throws Exception {
        internal = onLoop(() -> new InternalCache(10_000, true, true));
        internal.setSession(new CacheSession() {
            @Override
            public void send(int ref) {
                deathsTold.add(internal.isDead(ref));
            }

            @Override
            public void forget(int ref) {
            }
        });
        client = ConntrackClient.open(kernel, loop).get();
        resync = new KernelResync(client, internal, new EventFilter(Filter.NONE), uptime, heard,
            new DoubtfulFlows(client, internal, heard, uptime, () -> { }), () -> { });
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        onLoop(() -> {
            internal.close();
            return null;
        });
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }

    /** As at the start. */
    @Test
    void shouldLeaveNoGhostOfAFlowThatNobodyKnewBefore() throws Exception {
        kernel.traffic(Flows.tcp(1));
        kernel.traffic(Flows.tcp(2));

        read(() -> end(Flows.tcp(1)));

        assertThat(live(1)).isFalse();
        assertThat(live(2)).isTrue();
        assertThat(deathsTold).isEmpty();
    }

    @Test
    void shouldLeaveNoGhostOfAFlowThatWasKnown() throws Exception {
        kernel.traffic(Flows.tcp(1));
        onLoop(() -> internal.onNew(Flows.tcp(1), true, 0));

        read(() -> end(Flows.tcp(1)));

        assertThat(live(1)).isFalse();
        assertThat(deathsTold).containsExactly(false, true);
    }

    @Test
    void shouldLeaveNoGhostWhereTheTableIsPolled() throws Exception {
        kernel.traffic(Flows.tcp(1));
        onLoop(() -> {
            resync.poll();
            end(Flows.tcp(1));
            return null;
        });
        read(() -> { });

        assertThat(live(1)).isFalse();
    }

    @Test
    void shouldKeepAFlowThatCameAgainAtOnce() throws Exception {
        kernel.traffic(Flows.tcp(1));

        read(() -> {
            end(Flows.tcp(1));
            kernel.traffic(Flows.tcp(1));
        });

        assertThat(live(1)).isTrue();
    }

    private void read(Runnable meanwhile) throws Exception {
        Future<Long> read = onLoop(() -> {
            Future<Long> reading = resync.read();
            meanwhile.run();
            return reading;
        });
        read.get(20, TimeUnit.SECONDS);
    }

    private void end(Conntrack flow) {
        kernel.expire(flow);
        heard.hear(flow);
        internal.onDestroy(flow, true);
    }

    private boolean live(int port) throws Exception {
        return onLoop(() -> internal.isLive(internal.find(Flows.tcp(port))));
    }

    private <T> T onLoop(Callable<T> action) throws Exception {
        return loop.submit(action).get();
    }
}
