/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A switch and the cables to it. An interface that goes down at one end stays up at the other one, as behind a real
 * switch.
 */
public final class Switch {
    private final Namespace hub;
    private final String name;
    private final Map<Namespace, String> ports = new LinkedHashMap<>();

    Switch(Namespace hub, String name) {
        this.hub = hub;
        this.name = name;
        hub.expect("ip", "link", "add", name, "type", "bridge", "mcast_snooping", "0");
        hub.expect("ip", "link", "set", name, "up");
    }

    /** Gives a namespace an interface on this switch, which is up and has these addresses of IPv4. */
    public void plug(Namespace namespace, String networkInterface, String... addresses) {
        String port = ports.computeIfAbsent(namespace, first -> name + "-" + (ports.size() + 1));
        Commands.expect("ip", "link", "add", networkInterface, "netns", namespace.name(), "type", "veth",
            "peer", "name", port, "netns", hub.name());
        hub.expect("ip", "link", "set", port, "master", name, "up");
        for (String address : addresses) {
            namespace.expect("ip", "address", "add", address, "dev", networkInterface);
        }
        namespace.expect("ip", "link", "set", networkInterface, "up");
    }

    /** Takes the carrier from the namespace's interface, as a broken cable does. */
    public void cut(Namespace namespace) {
        hub.expect("ip", "link", "set", ports.get(namespace), "down");
    }

    /** Gives the carrier back. */
    public void mend(Namespace namespace) {
        hub.expect("ip", "link", "set", ports.get(namespace), "up");
    }

    /** The names of its ports in the hub, in the order in which something was plugged in. */
    List<String> ports() {
        return List.copyOf(ports.values());
    }
}
