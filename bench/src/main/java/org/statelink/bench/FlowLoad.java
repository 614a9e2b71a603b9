/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.netlink.epoll.EpollNetlinkChannel;

/**
 * Puts established TCP flows into the kernel of this network namespace, at a rate, and if asked takes each out again
 * some milliseconds later: {@code FlowLoad COUNT RATE [LIFE [NETWORK]]}. Their sources are of 10.NETWORK.0.0/16, or
 * with many flows of the next ones as well; 1 unless told otherwise.
 */
public final class FlowLoad {
    private static final int STEP_MILLIS = 5;
    private static final int PORTS = 16_384;

    private final ConntrackClient client;
    private final EventLoop loop;
    private final int count;
    private final int perStep;
    private final int living;
    private final int expected;
    private final int network;
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private final Conntrack flow = new Conntrack();
    private ScheduledFuture<?> steps;
    private int next;
    private int ended;
    private int answered;
    private int refused;

    private FlowLoad(ConntrackClient client, EventLoop loop, int count, int perSecond, int lifeMillis,
                     int network) {
        this.client = client;
        this.loop = loop;
        this.count = count;
        this.network = network;
        perStep = Math.max(1, perSecond * STEP_MILLIS / 1000);
        living = lifeMillis == 0 ? count : Math.max(1, lifeMillis / STEP_MILLIS) * perStep;
        expected = lifeMillis == 0 ? count : 2 * count;
    }

    /** Loads, and says how many were refused, how long it took and which rate that was. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int perSecond = Integer.parseInt(arguments[1]);
        int lifeMillis = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        int network = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            EventLoop loop = group.next();
            ConntrackClient client = ConntrackClient.open(EpollNetlinkChannel::new, loop).get();
            FlowLoad load = new FlowLoad(client, loop, count, perSecond, lifeMillis, network);
            long start = System.nanoTime();
            loop.execute(load::start);
            int refused = load.done.get();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%d flows in %.2f s, %.0f a second, %d refused%n", count, seconds, count / seconds,
                refused);
            client.channel().close().sync();
        } finally {
            // a quiet period, or the loop ends before the channel has told of its end
            group.shutdownGracefully(50, 1000, TimeUnit.MILLISECONDS).sync();
        }
    }

    private void start() {
        client.onResult(this::onResult);
        steps = loop.scheduleAtFixedRate(this::step, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void step() {
        int end = Math.min(count, next + perStep);
        while (next < end && client.isWritable()) {
            fill(next);
            client.submit(ConntrackRequest.CREATE, flow, next++);
        }
        endOld();
        client.flushRequests();
    }

    private void endOld() {
        int end = next == count ? Math.min(expected - count, ended + perStep) : Math.max(0, next - living);
        while (ended < end && client.isWritable()) {
            fill(ended++);
            client.submit(ConntrackRequest.DELETE, flow, ended);
        }
    }

    private void fill(int index) {
        flow.clear();
        flow.original().setIpv4(0x0a000000 + (network << 16) + index / PORTS, 0x0a020002);
        flow.original().setProtocol(IpProtocol.TCP);
        flow.original().setPorts(1024 + index % PORTS, 80);
        flow.setTimeout(3600);
        flow.setStatus(Status.SEEN_REPLY | Status.ASSURED | Status.CONFIRMED);
        flow.protocol().setState(3);
        flow.mark(Field.PROTOCOL_STATE);
        flow.setMark(index);
    }

    private void onResult(int token, int errno, String message) {
        refused += errno == 0 ? 0 : 1;
        answered++;
        if (answered == expected) {
            steps.cancel(false);
            done.complete(refused);
        }
    }
}
