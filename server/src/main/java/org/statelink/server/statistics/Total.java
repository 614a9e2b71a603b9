/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

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
}
