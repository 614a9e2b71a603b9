/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_BROADCAST_ERROR;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_CAP_ACK;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_EXT_ACK;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_NO_ENOBUFS;
import static org.statelink.netlink.NetlinkChannelOption.RECEIVE_SLOTS;
import static org.statelink.netlink.NetlinkChannelOption.RECEIVE_SLOT_SIZE;

import io.netty.channel.ChannelOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.epoll.EpollNetlinkChannel;

class DefaultNetlinkChannelConfigTest {
    private final NetlinkChannel channel = new EpollNetlinkChannel(NetlinkProtocol.NETFILTER);
    private final DefaultNetlinkChannelConfig config = new DefaultNetlinkChannelConfig(channel);

    @AfterEach
    void close() {
        channel.unsafe().closeForcibly();
    }

    @Test
    void shouldHaveSensibleDefaults() {
        assertThat(config.receiveSlots()).isEqualTo(64);
        assertThat(config.receiveSlotSize()).isEqualTo(4096);
        assertThat(config.isExtAck() || config.isCapAck() || config.isNoEnobufs() || config.isBroadcastError())
            .isFalse();
    }

    @Test
    void shouldKeepEachNumber() {
        for (ChannelOption<Integer> option : List.of(
            ChannelOption.SO_RCVBUF, ChannelOption.SO_SNDBUF, RECEIVE_SLOTS, RECEIVE_SLOT_SIZE)) {
            assertThat(config.setOption(option, 777)).isTrue();
            assertThat(config.getOption(option)).isEqualTo(777);
            assertThat(config.getOptions()).containsEntry(option, 777);
        }
    }

    @Test
    void shouldKeepEachSwitch() {
        for (ChannelOption<Boolean> option : List.of(
            NETLINK_BROADCAST_ERROR, NETLINK_NO_ENOBUFS, NETLINK_CAP_ACK, NETLINK_EXT_ACK)) {
            assertThat(config.getOption(option)).isFalse();
            assertThat(config.setOption(option, true)).isTrue();
            assertThat(config.getOption(option)).isTrue();
            assertThat(config.setOption(option, false)).isTrue();
            assertThat(config.getOption(option)).isFalse();
        }
    }

    @Test
    void shouldPassOnTheCommonOptions() {
        assertThat(config.setOption(ChannelOption.AUTO_READ, false)).isTrue();
        assertThat(config.isAutoRead()).isFalse();
        assertThat(config.setOption(ChannelOption.TCP_NODELAY, true)).isFalse();
    }

    @Test
    void shouldRejectSizesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> config.setReceiveSlots(0));
        assertThatIllegalArgumentException().isThrownBy(() -> config.setReceiveSlots(1025));
        assertThatIllegalArgumentException().isThrownBy(() -> config.setReceiveSlotSize(63));
        assertThatIllegalArgumentException().isThrownBy(() -> config.setReceiveBufferSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> config.setSendBufferSize(-1));
    }
}
