/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.Arrays;

/**
 * The netlink ports of this daemon's own sockets: what they caused, the peers need not be told. Filled at the start,
 * asked for every event.
 */
public final class OwnPorts {
    private int[] ports = new int[0];
    private int ignored;

    /** Adds a socket. */
    public void add(int portId) {
        ports = Arrays.copyOf(ports, ports.length + 1);
        ports[ports.length - 1] = portId;
    }

    /** Adds the one socket whose doings are nothing to this node: they put peers' flows into the kernel. */
    public void addIgnored(int portId) {
        add(portId);
        ignored = portId;
    }

    /** All of them. */
    int[] all() {
        return ports.clone();
    }

    /** Whether what the port caused is not even noted. */
    public boolean isIgnored(int portId) {
        return ignored != 0 && portId == ignored;
    }

    /** Whether the port is ours. */
    public boolean contains(int portId) {
        for (int port : ports) {
            if (port == portId) {
                return true;
            }
        }
        return false;
    }
}
