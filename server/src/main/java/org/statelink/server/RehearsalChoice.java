/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import org.statelink.server.system.StartException;

/** Whether the daemon rehearses at its start: seconds of a processor, for a first failover that stalls for less. */
final class RehearsalChoice {
    private static final String VARIABLE = "STATELINK_REHEARSAL";

    private RehearsalChoice() {
    }

    static boolean fromEnvironment() throws StartException {
        return isWanted(System.getenv().getOrDefault(VARIABLE, "on"));
    }

    static boolean isWanted(String choice) throws StartException {
        return switch (choice) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new StartException(VARIABLE + " is `" + choice + "'; only `on' and `off' have a meaning");
        };
    }
}
