/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.util.List;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.PrimaryBackup;
import org.statelink.it.lab.Program;

/** What keepalived has a firewall do when its role changes. */
public enum RoleScript {
    /** Nothing: there is no replication. */
    NONE {
        @Override
        String notifications(Node node) {
            return "";
        }
    },
    /** What Debian ships with conntrackd, as it is. */
    PRIMARY_BACKUP {
        @Override
        List<String> machine(Node node, String... command) {
            return host(node).inside(command);
        }

        @Override
        String notifications(Node node) {
            String script = "/bin/sh " + host(node).script() + " ";
            return lines(script + "primary", script + "backup", script + "fault");
        }

        private PrimaryBackup host(Node node) {
            return new PrimaryBackup(node.config(), node.daemon().program());
        }
    },
    /** One command for each role. */
    PROMOTE {
        @Override
        String notifications(Node node) {
            String client = Program.OURS.path() + " -C " + node.config().path() + " ";
            return lines(client + "--promote", client + "--demote", client + "-t");
        }
    };

    /** The command line that runs a command where the script finds what it looks for. */
    List<String> machine(Node node, String... command) {
        return List.of(command);
    }

    /** The lines of a keepalived.conf's sync group. */
    abstract String notifications(Node node);

    private static String lines(String master, String backup, String fault) {
        return """
                notify_master "%s"
                notify_backup "%s"
                notify_fault "%s"
            """.formatted(master, backup, fault);
    }
}
