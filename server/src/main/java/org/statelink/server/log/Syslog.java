/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.statelink.control.client.ConsoleLog;
import org.statelink.server.system.DatagramSender;

/**
 * Writes to the syslog daemon what {@code syslog(3)} of glibc writes for conntrackd:
 * {@code <PRI>Mon dd hh:mm:ss conntrack-tools[pid]: text}, which is RFC 3164 without the host. Never waits: while
 * nobody listens, or too slowly, lines are lost, and the next that is taken is preceded by their number. Any thread.
 */
public final class Syslog implements AutoCloseable {
    /** Where syslog daemons listen. */
    public static final String SOCKET = "/dev/log";

    /** The levels in use, with the numbers of {@code syslog(3)}. */
    enum Severity {
        ERROR(3), WARNING(4), NOTICE(5), INFO(6);

        private final int number;

        Severity(int number) {
            this.number = number;
        }
    }

    private final DatagramSender sender;
    private final int facility;
    private final String tag = " conntrack-tools[" + ProcessHandle.current().pid() + "]: ";
    private long lost;

    private Syslog(DatagramSender sender, int facility) {
        this.sender = sender;
        this.facility = facility;
    }

    /**
     * Writes to the daemon that listens there, now or later.
     *
     * @param facility a facility's number before it is shifted, as of RFC 5424
     * @throws IOException if the system gives no socket
     */
    public static Syslog open(String socket, int facility) throws IOException {
        return new Syslog(DatagramSender.to(socket), facility);
    }

    /** Writes a line of level {@code info}; returns whether it was taken. */
    public boolean info(Instant time, String text) {
        return write(Severity.INFO, time, text);
    }

    synchronized boolean write(Severity severity, Instant time, String text) {
        if (lost > 0 && send(Severity.WARNING, time, lost + " lines could not be written to syslog")) {
            lost = 0;
        }
        boolean taken = send(severity, time, text);
        if (!taken) {
            lost++;
        }
        return taken;
    }

    private boolean send(Severity severity, Instant time, String text) {
        StringBuilder line = new StringBuilder(text.length() + 64).append('<').append(facility << 3 | severity.number)
            .append('>');
        ConsoleLog.appendMonthToSecond(line, LocalDateTime.ofInstant(time, ZoneId.systemDefault()));
        return sender.send(line.append(tag).append(text).toString());
    }

    @Override
    public void close() {
        sender.close();
    }
}
