/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

/**
 * Which part a node plays, as far as the commands tell that it got.
 *
 * @param part the part
 * @param reason what tells: a command, or {@code traffic}; empty for {@link Part#UNKNOWN}
 * @param sinceSeconds seconds of uptime at which it was told
 */
public record Role(Part part, String reason, int sinceSeconds) {
    /** Before any command. */
    static final Role UNKNOWN = new Role(Part.UNKNOWN, "", 0);

    /** The parts of a set of firewalls. */
    public enum Part {
        /** Traffic flows through this node. */
        PRIMARY,
        /** This node waits to take over. */
        BACKUP,
        /** Nothing tells. */
        UNKNOWN
    }
}
