/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

/** What {@code -h} and {@code -v} print. Scripts look at the first lines, which begin as they do with conntrackd. */
final class UsageText {
    private static final String NAME = "Connection tracking userspace daemon v" + ProductVersion.CONNTRACKD
        + " (Statelink " + ProductVersion.STATELINK + ")";

    static final String VERSION = NAME + """
        . Licensed under Apache-2.0.
        (C) 2026 The Statelink authors
        """;

    static final String USAGE = NAME + """

        Usage: conntrackd [commands] [options]

        General commands:
          -d, run in daemon mode
          -C [configfile], configuration file path
          -v, display conntrackd version
          -h, display this help information

        Configuration commands:
          --check, tell what is wrong with the configuration file, and what would run
          --convert, print the configuration file as HOCON
          --reload, make the running daemon read its configuration file again

        Takeover and monitoring commands:
          --promote, become primary: commit, flush the external caches, resync with the kernel, bulk send; returns when
                     the commit is done
          --demote, become backup: schedule the purge of the kernel's table, request resync with the other node
          -s flows, display totals and top talkers of flows that ended (statistics mode)
          --status, display role, health, peers, links, caches and queues on one screen
          -o json, answer in JSON (with -i, -e, -s and --status)

        Client mode commands:
          -c [ct|expect], commit external cache to conntrack table
          -f [internal|external], flush internal and external cache
          -F [ct|expect], flush kernel conntrack table
          -i [ct|expect], display content of the internal cache
          -e [ct|expect], display the content of the external cache
          -k, kill conntrack daemon
          -s  [network|cache|runtime|link|rsqueue|queue|ct|expect], dump statistics
          -R [ct|expect], resync with kernel conntrack table
          -n, request resync with other node (only FT-FW and NOTRACK modes)
          -B, force a bulk send to other replica firewalls
          -x, dump cache in XML format (requires -i or -e)
          -t, reset the kernel timeout (see PurgeTimeout clause)

        """;

    private UsageText() {
    }
}
