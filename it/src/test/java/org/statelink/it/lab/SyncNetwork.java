/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.List;

/** The network of one dedicated link: a switch, to which nodes are plugged. */
public final class SyncNetwork {
    private final Switch wires;
    private final int number;

    SyncNetwork(Namespace hub, int number) {
        this.wires = new Switch(hub, "bridge" + number);
        this.number = number;
    }

    /** The name of the interface at either node. */
    public static String interfaceName(int number) {
        return "sync" + number;
    }

    /** Gives the node an interface, which is up. */
    public void plug(Node node) {
        LinkAddresses own = LinkAddresses.of(number, node.number());
        wires.plug(node.namespace(), interfaceName(number), own.ipv4() + "/24");
        node.namespace().expect("ip", "address", "add", own.ipv6() + "/64", "dev", interfaceName(number), "nodad");
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
        wires.cut(node.namespace());
    }

    /** Gives the carrier back. */
    public void mend(Node node) {
        wires.mend(node.namespace());
    }

    /** The names of the nodes' ports in the hub. */
    List<String> ports() {
        return wires.ports();
    }
}
