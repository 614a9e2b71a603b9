/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code Stats { }}. */
final class StatsBlock implements Block {
    private final ClassicCursor cursor;
    private Optional<Path> logFile = Optional.empty();
    private Optional<SyslogFacility> syslog = Optional.empty();

    StatsBlock(ClassicCursor cursor) {
        this.cursor = cursor;
    }

    Stats build(General general) {
        if (general.syslog().isPresent() && syslog.isPresent() && !general.syslog().equals(syslog)) {
            cursor.findings().warning("conflicting Syslog facility values, defaulting to General");
            syslog = general.syslog();
        }
        return new Stats(logFile, syslog);
    }

    @Override
    public String title() {
        return "Stats";
    }

    @Override
    public List<String> words() {
        return Words.STATS;
    }

    @Override
    public void entry(Token key) throws Unwound {
        if (key.text().equals("Syslog")) {
            Optional<Optional<SyslogFacility>> read = GeneralBlock.syslog(cursor, ".");
            if (read.isPresent()) {
                syslog = read.get();
            }
            return;
        }
        Optional<Path> read = GeneralBlock.logFile(cursor, Stats.DEFAULT_LOG_FILE,
            "stats LogFile path is longer than 256 characters");
        if (read.isPresent()) {
            logFile = read;
        }
    }
}
