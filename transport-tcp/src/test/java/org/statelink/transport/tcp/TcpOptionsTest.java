/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.SyncTransportProvider;

final class TcpOptionsTest {
    @Test
    void shouldBeFoundByName() throws LinkException {
        assertThat(SyncTransportProvider.named("tcp")).isInstanceOf(TcpTransportProvider.class);
    }

    @Test
    void shouldRefuseImpossibleOptions() {
        assertThatThrownBy(() -> TcpOptions.of("eth0", Links.address("10.0.0.1"), Links.address("10.0.0.2"), 0))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TcpOptions.of("eth0", Links.address("10.0.0.1"), Links.address("::1"), 3780))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("an IPv4 and an IPv6 address on one link");
        assertThatThrownBy(() -> new TcpOptions("eth0", false, Links.address("10.0.0.1"), Links.address("10.0.0.2"),
            3780, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class).hasMessage("an error queue of length 0");
    }
}
