/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The options that do not depend on what the daemon is for. Immutable; made by {@link #builder()}, which starts from
 * the defaults of conntrackd 1.4.7.
 *
 * @param hashSize                   buckets of each cache, at least 1, need not be a power of two; default 65536. A
 *                                   hint: the tables of this daemon grow by themselves
 * @param hashLimit                  the most objects that one cache holds, at least 1; default 262144. It should be at
 *                                   least twice the kernel's nf_conntrack_max of any node
 * @param logFile                    where the log goes, at most 256 characters; default none. {@code on} means
 *                                   {@link #DEFAULT_LOG_FILE}
 * @param syslog                     the syslog facility for the log; default no syslog. {@code on} means daemon
 * @param lockFile                   keeps a second daemon from starting, at most 256 characters; default
 *                                   /var/lock/conntrackd.lock
 * @param controlSocket              path of the control socket, at most 107 characters; default none, and then no
 *                                   client can talk to the daemon
 * @param netlinkBufferSize          bytes of the receive buffer of the event socket; default 0: the system's. Honoured
 *                                   only up to {@code netlinkBufferSizeMaxGrowth}, see {@link #eventBufferSize()}
 * @param netlinkBufferSizeMaxGrowth bytes to which the daemon may raise that buffer; default 0
 * @param overrunResyncSeconds       seconds from a lost kernel event to the resync with the kernel's table; default 30,
 *                                   0: no such resync
 * @param netlinkEventsReliable      whether the kernel keeps events until they are taken, at the price of dropping
 *                                   packets when the daemon is too slow; default off
 * @param eventIterationLimit        the most events taken in one turn of the loop, at least 1; default 100
 * @param pollSeconds                seconds between two dumps of the kernel's table, taken instead of events; default
 *                                   0: events, no polling
 * @param filter                     which flows this node cares about; default {@link Filter#NONE}: all
 * @param scheduler                  the real-time scheduler asked for; default round robin at priority 99
 * @param nice                       the nice value of the daemon's threads, -20 to 19; default 0: the one that it was
 *                                   started with
 * @param systemd                    whether to tell systemd of start, life and stop; default on, and without effect
 *                                   where systemd gave no socket to talk to
 */
public record General(
        int hashSize,
        int hashLimit,
        Optional<Path> logFile,
        Optional<SyslogFacility> syslog,
        Path lockFile,
        Optional<Path> controlSocket,
        int netlinkBufferSize,
        int netlinkBufferSizeMaxGrowth,
        int overrunResyncSeconds,
        boolean netlinkEventsReliable,
        int eventIterationLimit,
        int pollSeconds,
        Filter filter,
        Scheduler scheduler,
        int nice,
        boolean systemd) {
    /** What {@code LogFile on} stands for. */
    public static final Path DEFAULT_LOG_FILE = Path.of("/var/log/conntrackd.log");
    /** The lock file of a configuration that names none. */
    public static final Path DEFAULT_LOCK_FILE = Path.of("/var/lock/conntrackd.lock");
    /** What {@code NetlinkOverrunResync on} stands for, in seconds. */
    public static final int DEFAULT_OVERRUN_RESYNC = 30;

    /** The nice value that puts a thread before all others, see nice(2). */
    public static final int LEAST_NICE = -20;
    /** The nice value that puts a thread behind all others. */
    public static final int MOST_NICE = 19;

    /** Checks the ranges. */
    public General {
        Limits.atLeast(1, hashSize, "hashSize");
        Limits.atLeast(1, hashLimit, "hashLimit");
        Limits.atLeast(0, netlinkBufferSize, "netlinkBufferSize");
        Limits.atLeast(0, netlinkBufferSizeMaxGrowth, "netlinkBufferSizeMaxGrowth");
        Limits.atLeast(0, overrunResyncSeconds, "overrunResyncSeconds");
        Limits.atLeast(1, eventIterationLimit, "eventIterationLimit");
        Limits.atLeast(0, pollSeconds, "pollSeconds");
        Limits.between(LEAST_NICE, MOST_NICE, nice, "nice");
        Objects.requireNonNull(logFile, "logFile");
        Objects.requireNonNull(syslog, "syslog");
        Objects.requireNonNull(lockFile, "lockFile");
        Objects.requireNonNull(controlSocket, "controlSocket");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(scheduler, "scheduler");
    }

    /** A builder holding the defaults. */
    public static GeneralBuilder builder() {
        return new GeneralBuilder();
    }

    /** A builder holding these values. */
    public GeneralBuilder toBuilder() {
        return new GeneralBuilder(this);
    }

    /**
     * Bytes to ask for as the receive buffer of the event socket; 0: leave the system's size, because none was
     * configured or it is beyond what the configuration lets the buffer grow to.
     */
    public int eventBufferSize() {
        return netlinkBufferSize > netlinkBufferSizeMaxGrowth ? 0 : netlinkBufferSize;
    }
}
