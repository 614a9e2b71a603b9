/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.NetlinkProtocol;
import org.statelink.netlink.codec.AttributeWriter;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkError;
import org.statelink.netlink.codec.NetlinkException;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageDecoder;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/** Many requests at once, and dumps that have to wait: run on the double and on the real kernel. */
abstract class BatchContract {
    private static final int FLOWS = 5_600;

    private KernelFixture fixture;

    abstract NetlinkChannelFactory kernel();

    @BeforeEach
    void open() throws Exception {
        fixture = new KernelFixture(this::untracked);
        fixture.deleteOurs();
    }

    /** Leak detection records each access to a buffer: too slow for so many. */
    private NetlinkChannel untracked(int protocol) {
        NetlinkChannel channel = kernel().newChannel(protocol);
        channel.config().setAllocator(new UnpooledByteBufAllocator(true, true));
        return channel;
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** A request per flow; port 1 up, in steps. Answers the errno per token, in the order in which they came. */
    private List<int[]> submit(ConntrackRequest request, int step) throws Exception {
        List<int[]> results = Collections.synchronizedList(new ArrayList<>());
        Promise<Void> done = fixture.loop().newPromise();
        ConntrackClient client = fixture.client;
        fixture.call(() -> {
            client.onResult((token, errno, message) -> {
                results.add(new int[] {token, errno});
                if (token + step > FLOWS) {
                    done.setSuccess(null);
                }
            });
            Conntrack flow = Flows.udp(1);
            for (int port = step; port <= FLOWS; port += step) {
                flow.original().setPorts(port, 53);
                client.submit(request, flow, port);
            }
            client.flushRequests();
            return done;
        });
        return results;
    }

    private static void assertErrnos(List<int[]> results, int step, int errnoOfSevenths, int errnoOfOthers) {
        assertThat(results).hasSize(FLOWS / step);
        for (int i = 0; i < results.size(); i++) {
            int port = (i + 1) * step;
            assertThat(results.get(i)[0]).isEqualTo(port);
            assertThat(results.get(i)[1]).as("errno of %d", port)
                .isEqualTo(port % 7 == 0 ? errnoOfSevenths : errnoOfOthers);
        }
    }

    @Test
    void shouldTellTheResultOfEachRequestInOrder() throws Exception {
        assertErrnos(submit(ConntrackRequest.CREATE, 7), 7, 0, 0);
        assertErrnos(submit(ConntrackRequest.CREATE, 1), 1, Errno.EEXIST, 0);
        assertThat(fixture.dump(DumpOptions.ALL)).hasSize(FLOWS);
        assertErrnos(submit(ConntrackRequest.UPDATE, 1), 1, 0, 0);
        assertErrnos(submit(ConntrackRequest.DELETE, 7), 7, 0, 0);
        assertErrnos(submit(ConntrackRequest.UPDATE, 1), 1, Errno.ENOENT, 0);
        assertErrnos(submit(ConntrackRequest.DELETE, 1), 1, Errno.ENOENT, 0);
        assertThat(fixture.dump(DumpOptions.ALL)).isEmpty();
        assertThat(fixture.client.pendingRequests()).isZero();
    }

    @Test
    void shouldAskTheCallerToWaitAndTellWhenToGoOn() throws Exception {
        ConntrackClient client = fixture.client;
        Promise<Integer> accepted = fixture.loop().newPromise();
        Promise<Void> writable = fixture.loop().newPromise();
        fixture.call(() -> {
            client.onWritable(() -> writable.setSuccess(null));
            Conntrack flow = Flows.udp(1);
            int port = 1;
            for (; client.isWritable() && port < 65_000; port++) {
                flow.original().setPorts(port, 53);
                client.submit(ConntrackRequest.DELETE, flow, port);
            }
            accepted.setSuccess(port);
            client.flushRequests();
            return writable;
        });
        assertThat(accepted.getNow()).isBetween(100, 20_000);
        assertThat(client.isWritable()).isTrue();
    }

    @Test
    void shouldStandStillWhileADumpIsPaused() throws Exception {
        submit(ConntrackRequest.CREATE, 1);
        int[] seen = new int[1];
        Promise<Void> first = fixture.loop().newPromise();
        Future<Long> dump = fixture.loop().submit(() -> fixture.client.dump(DumpOptions.ALL, flow -> {
            if (seen[0]++ == 0) {
                fixture.client.pause();
                first.setSuccess(null);
            }
        })).get();
        KernelFixture.await(first);
        // a task on the loop runs after whatever was read already
        int[] paused = new int[1];
        for (int i = 0; i < 20; i++) {
            fixture.loop().submit(() -> paused[0] = seen[0]).get();
        }
        assertThat(paused[0]).isBetween(1, FLOWS - 500);
        assertThat(dump.isDone()).isFalse();
        fixture.loop().submit(() -> fixture.client.resume()).get();
        assertThat(KernelFixture.await(dump)).isGreaterThanOrEqualTo(FLOWS);
    }

    @Test
    void shouldRunDumpsOneAfterTheOther() throws Exception {
        submit(ConntrackRequest.CREATE, 5);
        Future<Long> first = fixture.loop().submit(() -> fixture.client.dump(DumpOptions.ALL, flow -> { })).get();
        Future<Long> second = fixture.loop().submit(() -> fixture.client.dump(DumpOptions.ALL, flow -> { })).get();
        assertThat(KernelFixture.await(first)).isGreaterThanOrEqualTo(FLOWS / 5);
        assertThat(KernelFixture.await(second)).isGreaterThanOrEqualTo(FLOWS / 5);
    }

    @Test
    void shouldFailWhatIsOutstandingWhenClosed() throws Exception {
        List<Integer> errnos = Collections.synchronizedList(new ArrayList<>());
        ConntrackClient client = fixture.client;
        Future<Long> dump = fixture.loop().submit(() -> {
            client.onResult((token, errno, message) -> errnos.add(errno));
            client.pause();
            Future<Long> started = client.dump(DumpOptions.ALL, flow -> { });
            client.submit(ConntrackRequest.DELETE, Flows.udp(9), 1);
            client.close();
            return started;
        }).get();
        assertThat(dump.await(10_000)).isTrue();
        assertThat(((NetlinkException) dump.cause()).errno()).isEqualTo(Errno.ENOTCONN);
        Future<Void> late = fixture.loop().submit(() -> client.create(Flows.udp(9))).get();
        assertThat(late.await(10_000)).isTrue();
        assertThat(((NetlinkException) late.cause()).errno()).isEqualTo(Errno.ENOTCONN);
        assertThat(errnos).containsExactly(Errno.ENOTCONN);
        fixture.reopenClient(this::untracked);
    }

    @Test
    void shouldReadTheKernelsOwnExplanation() throws Exception {
        NetlinkChannel channel = kernel().newChannel(NetlinkProtocol.NETFILTER);
        Promise<String> answer = fixture.loop().newPromise();
        channel.config().setExtAck(true);
        channel.pipeline().addLast(new NetlinkMessageDecoder()).addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                NetlinkMessage message = (NetlinkMessage) msg;
                answer.setSuccess(NetlinkError.errno(message) + " " + NetlinkError.text(message));
            }
        });
        fixture.loop().register(channel).sync();
        channel.bind(new NetlinkAddress(0, 0)).sync();
        ByteBuf out = channel.alloc().buffer();
        int message = NetlinkMessageWriter.begin(out, ConntrackMessageType.NEW, 0x605, 1, 0);
        NetlinkMessageWriter.netfilterHeader(out, 2, 0);
        TupleCodec.write(out, FlowAttribute.TUPLE_ORIGINAL, Flows.udp(1).original());
        AttributeWriter.putShort(out, FlowAttribute.TIMEOUT, 60);
        NetlinkMessageWriter.end(out, message);
        channel.writeAndFlush(out);
        assertThat(KernelFixture.await(answer)).isEqualTo(Errno.ERANGE + " Attribute failed policy validation");
        channel.close().sync();
    }
}
