/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.statelink.netlink.codec.Errno;

/** Why the kernel refused flows, by its error number: counted, and told once per kind with advice. */
public final class CommitFailures {
    private final Map<Integer, Failure> byErrno = new TreeMap<>();
    private long total;

    void add(int errno, String message) {
        byErrno.computeIfAbsent(errno, number -> new Failure(message)).count++;
        total++;
    }

    /** Flows that are not in the kernel. */
    public long total() {
        return total;
    }

    /** Writes one line per kind. */
    public void log(Logger log) {
        byErrno.forEach((errno, failure) -> log.warn("commit: {} entries refused with {}{}{}", failure.count,
            Errno.name(errno), failure.message.isEmpty() ? "" : " (" + failure.message + ")", advice(errno)));
    }

    private static String advice(int errno) {
        return switch (errno) {
            case Errno.ENOMEM, Errno.ENOSPC -> ": the table is full? See net.netfilter.nf_conntrack_max";
            case Errno.EOPNOTSUPP -> ": is the conntrack helper or the NAT module loaded on this node?";
            case Errno.ENOENT -> ": the flow that it belongs to is not in the kernel";
            case Errno.EPERM -> ": the daemon needs CAP_NET_ADMIN";
            default -> "";
        };
    }

    private static final class Failure {
        private final String message;
        private long count;

        Failure(String message) {
            this.message = message;
        }
    }
}
