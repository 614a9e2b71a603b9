/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.SyncTransportProvider;

final class MulticastTransportProviderTest {
    @Test
    void shouldBeFoundByName() throws LinkException {
        assertThat(SyncTransportProvider.named("multicast")).isInstanceOf(MulticastTransportProvider.class);
    }

    @Test
    void shouldNotBeFoundByAnotherName() {
        assertThatThrownBy(() -> SyncTransportProvider.named("carrier-pigeon")).isInstanceOf(LinkException.class)
            .hasMessage("there is no transport `carrier-pigeon'");
    }

    @Test
    void shouldRefuseImpossibleOptions() throws UnknownHostException {
        InetAddress group = address(225);
        InetAddress unicast = address(198);

        assertThatThrownBy(() -> MulticastOptions.of("eth0", unicast, 3780))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not a multicast address");
        assertThatThrownBy(() -> MulticastOptions.of("eth0", group, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MulticastOptions.of("eth0", group, 65_536))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(MulticastOptions.of("eth0", group, 65_535).isIpv6()).isFalse();
    }

    private static InetAddress address(int first) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) first, 0, 0, 50});
    }
}
