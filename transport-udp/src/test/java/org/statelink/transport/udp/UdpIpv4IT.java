/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.DatagramTransportContract;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.LiveNode;
import org.statelink.sync.transport.NamespacePair;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;

/** The transport contract over unicast UDP on IPv4. */
final class UdpIpv4IT extends DatagramTransportContract {
    @Override
    protected SyncTransportProvider provider() {
        return new UdpTransportProvider();
    }

    @Override
    protected LinkOptions options(int node, String device) {
        return Links.between(device, "198.51.100." + node, "198.51.100." + (3 - node));
    }

    @Override
    protected LinkOptions foreignAddress() {
        return Links.between(NamespacePair.DEVICE, "198.51.100.77", "198.51.100.2");
    }

    @Test
    void shouldOpenWithoutARouteAndUseItWhenThereIsOne() {
        NamespacePair.run("ip", "-n", NamespacePair.A, "route", "del", "198.51.100.0/24", "dev", NamespacePair.DEVICE);
        SyncLink linkA = open(node(1), 1);
        open(node(2), 2);
        node(1).send(linkA, 10, 1);
        assertThat(node(1).call(() -> linkA.counters().sendErrors())).isEqualTo(1);

        NamespacePair.run("ip", "-n", NamespacePair.A, "route", "add", "198.51.100.0/24", "dev", NamespacePair.DEVICE);

        LiveNode.await(() -> {
            node(1).send(linkA, 10, 2);
            return !node(2).received().isEmpty();
        });
        assertThat(node(2).receivedBytes()).containsOnly(2);
    }
}
