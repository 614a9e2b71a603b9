/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkProtocol;
import org.statelink.netlink.epoll.EpollNetlinkChannel;
import org.statelink.server.system.StartException;

class KernelChoiceTest {
    @Test
    void shouldTrackSoManyFlowsInMemory() {
        assertThat(KernelChoice.inMemory(3000).size()).isEqualTo(3000);
    }

    @Test
    void shouldTakeTheRealKernelUnlessTold() throws Exception {
        assertThat(isReal("", NetlinkProtocol.NETFILTER)).isTrue();
        assertThat(isReal("memory:3", NetlinkProtocol.NETFILTER)).isFalse();
        assertThat(isReal("memory", NetlinkProtocol.NETFILTER)).isFalse();
    }

    @Test
    void shouldWatchTheRealInterfacesInAnyCase() throws Exception {
        assertThat(isReal("", NetlinkProtocol.ROUTE)).isTrue();
        assertThat(isReal("memory:3", NetlinkProtocol.ROUTE)).isTrue();
    }

    private static boolean isReal(String choice, int protocol) throws StartException {
        NetlinkChannel channel = KernelChoice.of(choice).newChannel(protocol);
        channel.unsafe().closeForcibly();
        return channel instanceof EpollNetlinkChannel;
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatThrownBy(() -> KernelChoice.of("memry")).isInstanceOf(StartException.class)
            .hasMessage("STATELINK_KERNEL is `memry'; only `memory' and `memory:N' have a meaning");
    }
}
