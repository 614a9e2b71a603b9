/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a {@link General}; every option starts at its default. What an option means stands at the record's accessor.
 */
public final class GeneralBuilder {
    private int hashSize = 65536;
    private int hashLimit = 262144;
    private Optional<Path> logFile = Optional.empty();
    private Optional<SyslogFacility> syslog = Optional.empty();
    private Path lockFile = General.DEFAULT_LOCK_FILE;
    private Optional<Path> controlSocket = Optional.empty();
    private int netlinkBufferSize;
    private int netlinkBufferSizeMaxGrowth;
    private int overrunResyncSeconds = General.DEFAULT_OVERRUN_RESYNC;
    private boolean netlinkEventsReliable;
    private int eventIterationLimit = 100;
    private int pollSeconds;
    private Filter filter = Filter.NONE;
    private Scheduler scheduler = Scheduler.DEFAULT;
    private int nice;
    private boolean systemd = true;

    GeneralBuilder() {
    }

    GeneralBuilder(General from) {
        hashSize = from.hashSize();
        hashLimit = from.hashLimit();
        logFile = from.logFile();
        syslog = from.syslog();
        lockFile = from.lockFile();
        controlSocket = from.controlSocket();
        netlinkBufferSize = from.netlinkBufferSize();
        netlinkBufferSizeMaxGrowth = from.netlinkBufferSizeMaxGrowth();
        overrunResyncSeconds = from.overrunResyncSeconds();
        netlinkEventsReliable = from.netlinkEventsReliable();
        eventIterationLimit = from.eventIterationLimit();
        pollSeconds = from.pollSeconds();
        filter = from.filter();
        scheduler = from.scheduler();
        nice = from.nice();
        systemd = from.systemd();
    }

    /** Sets {@link General#hashSize()}. */
    public GeneralBuilder hashSize(int value) {
        hashSize = value;
        return this;
    }

    /** Sets {@link General#hashLimit()}. */
    public GeneralBuilder hashLimit(int value) {
        hashLimit = value;
        return this;
    }

    /** Sets {@link General#logFile()}. */
    public GeneralBuilder logFile(Path value) {
        logFile = Optional.of(value);
        return this;
    }

    /** Sets {@link General#syslog()}. */
    public GeneralBuilder syslog(Optional<SyslogFacility> value) {
        syslog = value;
        return this;
    }

    /** Sets {@link General#lockFile()}. */
    public GeneralBuilder lockFile(Path value) {
        lockFile = value;
        return this;
    }

    /** Sets {@link General#controlSocket()}. */
    public GeneralBuilder controlSocket(Path value) {
        controlSocket = Optional.of(value);
        return this;
    }

    /** Sets {@link General#netlinkBufferSize()}. */
    public GeneralBuilder netlinkBufferSize(int value) {
        netlinkBufferSize = value;
        return this;
    }

    /** Sets {@link General#netlinkBufferSizeMaxGrowth()}. */
    public GeneralBuilder netlinkBufferSizeMaxGrowth(int value) {
        netlinkBufferSizeMaxGrowth = value;
        return this;
    }

    /** Sets {@link General#overrunResyncSeconds()}. */
    public GeneralBuilder overrunResyncSeconds(int value) {
        overrunResyncSeconds = value;
        return this;
    }

    /** Sets {@link General#netlinkEventsReliable()}. */
    public GeneralBuilder netlinkEventsReliable(boolean value) {
        netlinkEventsReliable = value;
        return this;
    }

    /** Sets {@link General#eventIterationLimit()}. */
    public GeneralBuilder eventIterationLimit(int value) {
        eventIterationLimit = value;
        return this;
    }

    /** Sets {@link General#pollSeconds()}. */
    public GeneralBuilder pollSeconds(int value) {
        pollSeconds = value;
        return this;
    }

    /** Sets {@link General#filter()}. */
    public GeneralBuilder filter(Filter value) {
        filter = value;
        return this;
    }

    /** Sets {@link General#scheduler()}. */
    public GeneralBuilder scheduler(Scheduler value) {
        scheduler = value;
        return this;
    }

    /** Sets {@link General#nice()}. */
    public GeneralBuilder nice(int value) {
        nice = value;
        return this;
    }

    /** Sets {@link General#systemd()}. */
    public GeneralBuilder systemd(boolean value) {
        systemd = value;
        return this;
    }

    /** The record. */
    public General build() {
        return new General(hashSize, hashLimit, logFile, syslog, lockFile, controlSocket, netlinkBufferSize,
            netlinkBufferSizeMaxGrowth, overrunResyncSeconds, netlinkEventsReliable, eventIterationLimit, pollSeconds,
            filter, scheduler, nice, systemd);
    }
}
