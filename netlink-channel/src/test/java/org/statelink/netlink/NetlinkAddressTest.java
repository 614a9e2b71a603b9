/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetlinkAddressTest {
    @Test
    void shouldKeepPortIdAndGroups() {
        NetlinkAddress address = new NetlinkAddress(-2, 0x3f);
        assertThat(address.portId()).isEqualTo(-2);
        assertThat(address.groups()).isEqualTo(0x3f);
    }

    @Test
    void shouldShowThePortIdUnsigned() {
        assertThat(new NetlinkAddress(-2, 0x3f)).hasToString("netlink:4294967294/0x3f");
    }

    @Test
    void shouldBeEqualByPortIdAndGroups() {
        NetlinkAddress address = new NetlinkAddress(7, 3);
        assertThat(address).isEqualTo(new NetlinkAddress(7, 3)).hasSameHashCodeAs(new NetlinkAddress(7, 3));
        assertThat(address).isNotEqualTo(new NetlinkAddress(8, 3)).isNotEqualTo(new NetlinkAddress(7, 1));
        assertThat(NetlinkAddress.KERNEL).isEqualTo(new NetlinkAddress(0, 0));
    }
}
