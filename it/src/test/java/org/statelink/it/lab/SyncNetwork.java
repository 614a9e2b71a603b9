/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/**
 * The network of one dedicated link: a switch, to which nodes are plugged. An interface that goes down at one node
 * stays up at the other one, as behind a real switch.
 */
public final class SyncNetwork {
    private final Namespace hub;
    private final int number;

    SyncNetwork(Namespace hub, int number) {
        this.hub = hub;
        this.number = number;
        hub.expect("ip", "link", "add", bridge(), "type", "bridge", "mcast_snooping", "0");
        hub.expect("ip", "link", "set", bridge(), "up");
    }

    private String bridge() {
        return "bridge" + number;
    }

    /** The name of the interface at either node. */
    public static String interfaceName(int number) {
        return "sync" + number;
    }

    /** Gives the node an interface, which is up. */
    public void plug(Node node) {
        String name = interfaceName(number);
        String port = "port" + number + "-" + node.number();
        Commands.expect("ip", "link", "add", name, "netns", node.namespace().name(), "type", "veth",
            "peer", "name", port, "netns", hub.name());
        hub.expect("ip", "link", "set", port, "master", bridge(), "up");
        LinkAddresses own = LinkAddresses.of(number, node.number());
        node.namespace().expect("ip", "address", "add", own.ipv4() + "/24", "dev", name);
        node.namespace().expect("ip", "address", "add", own.ipv6() + "/64", "dev", name, "nodad");
        up(node);
    }

    /** Takes the node's interface away. */
    public void unplug(Node node) {
        node.namespace().expect("ip", "link", "del", interfaceName(number));
    }

    /** Switches the node's interface on. */
    public void up(Node node) {
        node.namespace().expect("ip", "link", "set", interfaceName(number), "up");
    }

    /** Switches the node's interface off. */
    public void down(Node node) {
        node.namespace().expect("ip", "link", "set", interfaceName(number), "down");
    }

    /** Takes the carrier from the node's interface, as a broken cable does. */
    public void cut(Node node) {
        hub.expect("ip", "link", "set", "port" + number + "-" + node.number(), "down");
    }

    /** Gives the carrier back. */
    public void mend(Node node) {
        hub.expect("ip", "link", "set", "port" + number + "-" + node.number(), "up");
    }
}
