/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SyncLinkGroupTest {
    private final SyncLinkGroup group = new SyncLinkGroup();
    private final Map<SyncLink, EmbeddedChannel> channels = new HashMap<>();

    @Test
    void shouldBeginWithTheFirstLink() {
        SyncLink second = add(1, false);
        SyncLink first = add(0, false);

        assertThat(group.links()).containsExactly(first, second);
        assertThat(group.current()).isSameAs(first);
        assertThat(group.role(first)).isEqualTo(LinkRole.ACTIVE);
        assertThat(group.role(second)).isEqualTo(LinkRole.BACKUP);
    }

    @Test
    void shouldBeginWithTheLastPreferredLink() {
        add(0, false);
        add(1, true);
        SyncLink last = add(2, true);
        add(3, false);

        assertThat(group.current()).isSameAs(last);
    }

    @Test
    void shouldFollowThePeerToAnotherLink() {
        add(0, false);
        SyncLink second = add(1, false);

        group.received(second, 0);

        assertThat(group.current()).isSameAs(second);
    }

    @Test
    void shouldNotFollowAPeerToALinkThatIsDown() {
        SyncLink first = add(0, false);
        SyncLink second = add(1, false);
        second.setUp(false);

        group.received(second, 0);

        assertThat(group.current()).isSameAs(first);
    }

    @Test
    void shouldStandByItsOwnChoiceForAMoment() {
        SyncLink first = add(0, false);
        SyncLink second = add(1, false);
        group.use(first, 1000);

        group.received(second, 1000 + SyncLinkGroup.FIRMNESS - 1);
        assertThat(group.current()).isSameAs(first);
        group.received(second, 1000 + SyncLinkGroup.FIRMNESS);
        assertThat(group.current()).isSameAs(second);
    }

    @Test
    void shouldLeaveItsOwnChoiceThatWentDown() {
        SyncLink first = add(0, false);
        SyncLink second = add(1, false);
        group.use(first, 1000);
        first.setUp(false);

        group.received(second, 1001);

        assertThat(group.current()).isSameAs(second);
    }

    @Test
    void shouldGoOnWithALinkInThePlaceOfAnother() {
        SyncLink first = add(0, false);
        SyncLink second = add(1, false);
        first.send(Unpooled.wrappedBuffer(new byte[10]));
        SyncLink missing = SyncLink.missing(0, first.options());

        group.substitute(first, missing);

        assertThat(group.links()).containsExactly(missing, second);
        assertThat(group.current()).isSameAs(missing);
        assertThat(group.isUp()).isFalse();
        ByteBuf lost = Unpooled.wrappedBuffer(new byte[20]);
        missing.send(lost);
        assertThat(lost.refCnt()).isZero();
        assertThat(missing.counters().packetsSent()).isEqualTo(1);
        assertThat(missing.counters().sendErrors()).isEqualTo(1);
        channels.get(first).finishAndReleaseAll();
    }

    @Test
    void shouldPauseALinkThatComesWhileItReceivesNothing() {
        SyncLink first = add(0, false);
        group.setReceiving(false);
        EmbeddedChannel channel = new EmbeddedChannel();
        SyncLink renewed = new SyncLink(0, first.options(), 1500, 28, channel, channel);

        group.substitute(first, renewed);
        assertThat(channel.config().isAutoRead()).isFalse();
        group.setReceiving(true);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void shouldTellWhenTheOutputLinkComesUp() {
        SyncLink link = add(0, false);
        int[] calls = new int[1];
        group.whenWritable(() -> calls[0]++);

        link.setUp(false);
        assertThat(group.isWritable()).isFalse();
        assertThat(calls[0]).isZero();
        link.setUp(true);

        assertThat(group.isWritable()).isTrue();
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void shouldTakeOtherLinksInTheirNewOrder() {
        SyncLink first = add(0, false);
        SyncLink second = add(1, true);
        SyncLinkGroup other = new SyncLinkGroup();
        int[] calls = new int[1];
        other.whenWritable(() -> calls[0]++);

        other.replace(List.of(second, first), first);

        assertThat(other.links()).containsExactly(second, first);
        assertThat(other.current()).isSameAs(first);
        assertThat(calls[0]).isEqualTo(1);
        assertThatThrownBy(() -> other.replace(List.of(second), first)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldHaveFourLinksAtMost() {
        for (int index = 0; index < SyncLinkGroup.MAX_LINKS; index++) {
            add(index, false);
        }

        assertThatThrownBy(() -> add(4, false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellWhenTheOutputLinkBecomesWritable() {
        SyncLink link = add(0, false);
        int[] calls = new int[1];
        group.whenWritable(() -> calls[0]++);
        EmbeddedChannel channel = channels.get(link);

        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.runPendingTasks();
        assertThat(group.isWritable()).isFalse();
        assertThat(calls[0]).isZero();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();

        assertThat(group.isWritable()).isTrue();
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void shouldCountWhatWasSentAndWhatFailed() {
        SyncLink link = add(0, false);
        EmbeddedChannel channel = channels.get(link);
        link.send(Unpooled.wrappedBuffer(new byte[10]));
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
                ReferenceCountUtil.release(packet);
                promise.setFailure(new IOException("no route"));
            }
        });
        ByteBuf lost = Unpooled.wrappedBuffer(new byte[20]);

        link.send(lost);

        assertThat(lost.refCnt()).isZero();
        assertThat(link.counters().packetsSent()).isEqualTo(1);
        assertThat(link.counters().bytesSent()).isEqualTo(10);
        assertThat(link.counters().sendErrors()).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldSendAgainWhatFailedForAnEarlierPacket() {
        SyncLink link = add(0, false);
        EmbeddedChannel channel = channels.get(link);
        int[] refusals = {1};
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
                if (refusals[0]-- > 0) {
                    ReferenceCountUtil.release(packet);
                    promise.setFailure(new IOException("connection refused"));
                } else {
                    ctx.write(packet, promise);
                }
            }
        });

        link.send(Unpooled.wrappedBuffer(new byte[20]));

        assertThat(channel.<ByteBuf>readOutbound().readableBytes()).isEqualTo(20);
        assertThat(link.counters().packetsSent()).isEqualTo(1);
        assertThat(link.counters().sendErrors()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldLoseAndCountWhatIsSentWhenClosed() {
        SyncLink link = add(0, false);
        link.close();
        ByteBuf lost = Unpooled.wrappedBuffer(new byte[20]);

        link.send(lost);

        assertThat(lost.refCnt()).isZero();
        assertThat(link.isWritable()).isTrue();
        assertThat(link.counters().sendErrors()).isEqualTo(1);
    }

    private SyncLink add(int index, boolean isPreferred) {
        EmbeddedChannel channel = new EmbeddedChannel();
        SyncLink link = new SyncLink(index, new LinkOptions() {
            @Override
            public String interfaceName() {
                return "veth" + index;
            }

            @Override
            public boolean preferred() {
                return isPreferred;
            }
        }, 1500, 28, channel, channel);
        channels.put(link, channel);
        group.add(link);
        return link;
    }
}
