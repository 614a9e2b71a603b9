/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlRequestHandlerTest {
    private static final ControlServerOptions OPTIONS =
        new ControlServerOptions(1, Duration.ofSeconds(30), Duration.ofSeconds(60));

    private final ControlCounters counters = new ControlCounters();
    private final List<ControlReply> replies = new ArrayList<>();
    private EmbeddedChannel channel;

    @BeforeEach
    void setUp() {
        channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(
            new ControlRequestHandler((request, reply) -> replies.add(reply), counters, OPTIONS));
        channel.pipeline().fireChannelActive();
    }

    private void receive(byte... bytes) {
        ByteBuf buffer = Unpooled.buffer().writeBytes(bytes);
        channel.writeInbound(buffer);
        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void shouldGatherFourBytes() {
        byte[] request = TestClient.encode(ControlRequest.STATS.number());
        receive(request[0], request[1], request[2]);
        receive();
        assertThat(replies).isEmpty();
        receive(request[3], (byte) 99);
        receive(request);
        assertThat(replies).hasSize(1);
        assertThat(counters.requests()).isEqualTo(1);
    }

    @Test
    void shouldWriteThenClose() {
        receive(TestClient.encode(ControlRequest.STATS.number()));
        replies.get(0).write("text");
        replies.get(0).finish();
        channel.runPendingTasks();
        ByteBuf text = channel.readOutbound();
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo("text");
        text.release();
        assertThat(channel.isOpen()).isFalse();
        channel.releaseOutbound();
    }

    @Test
    void shouldWaitForARequestAsLongAsItMay() {
        channel.advanceTimeBy(29, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.readFailed()).isEqualTo(1);
        assertThat(counters.timedOut()).isEqualTo(1);
    }

    @Test
    void shouldWaitForAnAnswerForEver() {
        receive(TestClient.encode(ControlRequest.ALL_COMMIT.number()));
        for (int i = 0; i < 100; i++) {
            channel.advanceTimeBy(1, TimeUnit.HOURS);
            channel.runScheduledPendingTasks();
        }
        assertThat(channel.isOpen()).isTrue();
        assertThat(replies.get(0).isClosed()).isFalse();
        channel.close();
        assertThat(replies.get(0).isClosed()).isTrue();
        assertThat(counters.readFailed()).isZero();
    }

    @Test
    void shouldSendAwayWhoHasNotAskedWhenTheServerCloses() {
        channel.pipeline().fireUserEventTriggered(ControlRequestHandler.SERVER_CLOSES);
        assertThat(channel.isOpen()).isFalse();
    }
}
