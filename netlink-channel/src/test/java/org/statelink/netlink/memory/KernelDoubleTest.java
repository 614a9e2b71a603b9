/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.Future;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventListener;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkException;

/** What only the double can do: traffic, a clock, switches. */
class KernelDoubleTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final KernelDouble kernel = new KernelDouble(nanos::get);
    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private ConntrackClient client;
    private ConntrackEvents subscription;

    private static <T> T await(Future<T> future) throws Exception {
        assertThat(future.await(10_000)).isTrue();
        if (!future.isSuccess()) {
            throw (Exception) future.cause();
        }
        return future.getNow();
    }

    @BeforeEach
    void open() throws Exception {
        client = await(ConntrackClient.open(kernel, loop));
        subscription = await(ConntrackEvents.open(kernel, loop, new ConntrackEventOptions(20_000, false),
            new Recorder()));
    }

    private final class Recorder implements ConntrackEventListener {
        @Override
        public void onEvent(ConntrackEventType type, int portId, Conntrack flow) {
            events.add(type + " " + flow.original().sourcePort() + " " + flow.timeout());
        }

        @Override
        public void onReadComplete() {
            // each event is looked at alone
        }

        @Override
        public void onOverrun() {
            events.add("OVERRUN");
        }
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        subscription.close();
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).await(10_000);
    }

    private String event() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    private static Conntrack udp(int port) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(0x0a000001, 0x0a000002);
        flow.original().setProtocol(IpProtocol.UDP);
        flow.original().setPorts(port, 53);
        flow.setTimeout(30);
        return flow;
    }

    private int errno(Callable<Future<Void>> request) throws Exception {
        try {
            await(await(loop.submit(request)));
            return 0;
        } catch (NetlinkException e) {
            return e.errno();
        }
    }

    @Test
    void shouldTellOfTraffic() throws Exception {
        assertThat(kernel.traffic(udp(1))).isTrue();
        assertThat(event()).isEqualTo("NEW 1 30");
        Conntrack more = udp(1);
        more.setTimeout(120);
        assertThat(kernel.traffic(more)).isTrue();
        assertThat(event()).isEqualTo("UPDATE 1 120");
        assertThat(kernel.expire(udp(1))).isTrue();
        assertThat(event()).isEqualTo("DESTROY 1 120");
        assertThat(kernel.expire(udp(1))).isFalse();
        assertThat(kernel.size()).isZero();
    }

    @Test
    void shouldServeChannelsOnLoopsOfAnyKind() throws Exception {
        MultiThreadIoEventLoopGroup plain = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        ConntrackEvents other = await(ConntrackEvents.open(kernel, plain.next(), ConntrackEventOptions.DEFAULT,
            new Recorder()));
        assertThat(errno(() -> client.create(udp(1)))).isZero();
        assertThat(event()).isEqualTo("NEW 1 30");
        assertThat(event()).isEqualTo("NEW 1 30");
        other.channel().close().sync();
        assertThat(errno(() -> client.delete(udp(1)))).isZero();
        assertThat(event()).isEqualTo("DESTROY 1 30");
        plain.shutdownGracefully(0, 10, TimeUnit.SECONDS).await(10_000);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldMakeTheReplyTupleOfTranslatedTraffic() {
        Conntrack flow = udp(1);
        flow.nat().setSource(0, 0xc0000201L);
        flow.mark(Field.SNAT_ADDRESS);
        kernel.traffic(flow);
        assertThat(kernel.flows().get(0).reply().destinationLow()).isEqualTo(0xc0000201L);
        assertThat(kernel.flows().get(0).has(Field.SNAT_ADDRESS)).isFalse();
    }

    @Test
    void shouldRepeatAnInterruptedDumpOnce() throws Exception {
        for (int port = 1; port <= 100; port++) {
            kernel.traffic(udp(port));
        }
        for (int interruptions = 0; interruptions < 4; interruptions++) {
            kernel.interruptDumps(interruptions);
            int[] told = new int[1];
            assertThat(await(await(loop.submit(() -> client.dump(0, flow -> told[0]++))))).isEqualTo(100);
            assertThat(told[0]).isEqualTo(interruptions == 0 ? 100 : 200);
        }
        kernel.interruptDumps(0);
        assertThat(loop.submit(client::dumpInterruptions).get()).isEqualTo(1 + 2 + 2);
    }

    @Test
    void shouldEndFlowsWhoseTimeIsOver() throws Exception {
        kernel.traffic(udp(1));
        nanos.addAndGet(10 * SECOND);
        assertThat(kernel.flows().get(0).timeout()).isEqualTo(20);
        nanos.addAndGet(20 * SECOND);
        kernel.sweep();
        assertThat(event()).isEqualTo("NEW 1 30");
        assertThat(event()).isEqualTo("DESTROY 1 0");
    }

    @Test
    void shouldFailAsToldTo() throws Exception {
        kernel.setLimit(1);
        assertThat(errno(() -> client.create(udp(1)))).isZero();
        assertThat(errno(() -> client.create(udp(2)))).isEqualTo(Errno.ENOMEM);
        kernel.setLimit(9);
        kernel.setLabelsSupported(false);
        Conntrack labelled = udp(3);
        labelled.labels().clear(4);
        labelled.labels().setWord(0, 1);
        labelled.mark(Field.LABELS);
        assertThat(errno(() -> client.create(labelled))).isEqualTo(Errno.ENOSPC);
        kernel.setLabelsSupported(true);
        assertThat(errno(() -> client.create(labelled))).isZero();
        kernel.setHelpers(Set.of("mine"));
        Conntrack helped = udp(4);
        helped.helper().set("ftp");
        helped.mark(Field.HELPER);
        assertThat(errno(() -> client.create(helped))).isEqualTo(Errno.EOPNOTSUPP);
    }

    @Test
    void shouldRefuseTheWholeBatchWithoutPrivilege() throws Exception {
        kernel.setPrivileged(false);
        LinkedBlockingQueue<Integer> errnos = new LinkedBlockingQueue<>();
        loop.submit(() -> {
            client.onResult((token, errno, message) -> errnos.add(errno));
            for (int i = 0; i < 3; i++) {
                client.submit(ConntrackRequest.CREATE, udp(i), i);
            }
            client.flushRequests();
        }).get();
        for (int i = 0; i < 3; i++) {
            assertThat(errnos.poll(10, TimeUnit.SECONDS)).isEqualTo(Errno.EPERM);
        }
        assertThat(errno(() -> client.create(udp(5)))).isEqualTo(Errno.EPERM);
    }

    @Test
    void shouldTellAnOverrunOnceAndGoOn() throws Exception {
        subscription.channel().config().setAutoRead(false);
        for (int port = 1; port <= 500; port++) {
            kernel.traffic(udp(port));
        }
        subscription.channel().config().setAutoRead(true);
        int overruns = 0;
        int created = 0;
        String last = event();
        while (!"NEW 1000 30".equals(last)) {
            overruns += "OVERRUN".equals(last) ? 1 : 0;
            created += "OVERRUN".equals(last) ? 0 : 1;
            last = events.poll(50, TimeUnit.MILLISECONDS);
            if (last == null) {
                kernel.expire(udp(1000));
                kernel.traffic(udp(1000));
                last = event();
            }
        }
        assertThat(overruns).isEqualTo(1);
        assertThat(created).isBetween(10, 100);
    }

    @Test
    void shouldFailWhatIsOutstandingWhenAnswersAreLost() throws Exception {
        LinkedBlockingQueue<Integer> errnos = new LinkedBlockingQueue<>();
        loop.submit(() -> {
            client.onResult((token, errno, message) -> errnos.add(errno));
            ((MemoryNetlinkChannel) client.channel()).queue().overrun();
            client.submit(ConntrackRequest.CREATE, udp(1), 1);
            client.flushRequests();
        }).get();
        assertThat(errnos.poll(10, TimeUnit.SECONDS)).isEqualTo(Errno.ENOBUFS);
        assertThat(errno(() -> client.create(udp(2)))).isZero();
        assertThat(client.unexpected()).isZero();
    }
}
