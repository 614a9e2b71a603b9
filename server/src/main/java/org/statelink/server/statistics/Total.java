/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import org.statelink.conntrack.text.Names;

/**
 * What ended flows of one protocol, that ended in one state, have carried.
 *
 * @param protocol the IP protocol's number
 * @param state the number of the protocol's state, or {@link #NO_STATE}
 * @param flows how many
 * @param packets of both directions, as far as the kernel counted them
 * @param bytes of both directions, as far as the kernel counted them
 */
public record Total(int protocol, int state, long flows, long packets, long bytes) {
    /** The protocol has no states, or none was told. */
    public static final int NO_STATE = -1;

    /** Name of the protocol; its number where it has none. */
    public String protocolName() {
        String name = Names.protocol(protocol);
        return name.equals("unknown") ? Integer.toString(protocol) : name;
    }

    /** Name of the state; empty without one. */
    public String stateName() {
        return state == NO_STATE ? "" : Names.state(protocol, state);
    }
}
