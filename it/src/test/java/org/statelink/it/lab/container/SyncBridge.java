/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.container;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import org.statelink.it.lab.LinkAddresses;
import org.testcontainers.containers.Network;

/** A bridge network of the engine, which carries the dedicated link over both families. */
final class SyncBridge {
    /** Those of the laboratory, which lie in namespaces, are below. */
    private static final int FIRST = 10;
    private static final int LAST = 100;
    private static final int GATEWAY = 254;
    private static final String INTERFACE = "eth0";

    private final int number;
    private final Network network;

    private SyncBridge(int number, Network network) {
        this.number = number;
        this.network = network;
    }

    /** Makes one with the first addresses that no other network has. */
    static SyncBridge create() {
        DockerException refused = null;
        for (int number = FIRST; number < LAST; number++) {
            Network network = network(LinkAddresses.of(number, 0), LinkAddresses.of(number, GATEWAY));
            try {
                network.getId();
                return new SyncBridge(number, network);
            } catch (DockerException e) {
                refused = e;
            }
        }
        throw new IllegalStateException("no free network", refused);
    }

    private static Network network(LinkAddresses subnet, LinkAddresses gateway) {
        Ipam addresses = new Ipam().withConfig(
            new Ipam.Config().withSubnet(subnet.ipv4() + "/24").withGateway(gateway.ipv4()),
            new Ipam.Config().withSubnet(subnet.ipv6() + "/64").withGateway(gateway.ipv6()));
        return Network.builder().driver("bridge").enableIpv6(true)
            .createNetworkCmdModifier(command -> command.withIpam(addresses).withLabels(Engine.labels()))
            .build();
    }

    Network network() {
        return network;
    }

    /** Where firewall 1 or 2 is, and where its peer is. */
    LinkAddresses place(int firewall) {
        return LinkAddresses.of(number, firewall).at(INTERFACE);
    }

    void remove() {
        Engine.removeNetwork(network.getId());
    }
}
