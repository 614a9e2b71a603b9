/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Optional;

/** Reads one classic configuration file: the outermost level, and what concerns several of its blocks. */
final class ClassicReader implements Block {
    private final Findings findings;
    private final ClassicCursor cursor;
    private final GeneralBlock general;
    private final SyncBlock sync;
    private final StatsBlock stats;
    private final HelperBlock helper;
    private boolean hasSync;
    private boolean hasStats;
    private boolean clashReported;

    ClassicReader(byte[] bytes, String file, Environment environment) {
        findings = new Findings(file, bytes);
        cursor = new ClassicCursor(new ClassicLexer(bytes, findings), findings);
        general = new GeneralBlock(cursor, environment);
        sync = new SyncBlock(cursor, environment);
        stats = new StatsBlock(cursor);
        helper = new HelperBlock(cursor);
    }

    ConfigResult read() throws ConfigException {
        cursor.top(this);
        if (!findings.errors().isEmpty()) {
            throw new ConfigException(findings);
        }
        General generalPart = general.build();
        Optional<Sync> syncPart = hasSync ? Optional.of(sync.build()) : Optional.empty();
        Optional<Stats> statsPart = hasStats ? Optional.of(stats.build(generalPart)) : Optional.empty();
        DaemonConfig config = new DaemonConfig(generalPart, syncPart, statsPart, helper.build(), Metrics.OFF);
        return new ConfigResult(config, findings.warnings(), startWarnings(), findings.deviations());
    }

    private List<Diagnostic> startWarnings() {
        return hasSync && !sync.namesMode()
            ? List.of(Diagnostic.general(Severity.WARNING, findings.file(),
                "No synchronization mode specified. Defaulting to FT-FW mode."))
            : List.of();
    }

    @Override
    public String title() {
        return "the outermost level";
    }

    @Override
    public List<String> words() {
        return Words.TOP;
    }

    @Override
    public void entry(Token key) throws Unwound {
        switch (key.text()) {
            case "General":
                cursor.block(general);
                break;
            case "Sync":
                cursor.block(sync);
                hasSync = true;
                checkClash(key);
                break;
            case "Stats":
                cursor.block(stats);
                hasStats = true;
                checkClash(key);
                break;
            default:
                cursor.block(helper);
                break;
        }
    }

    private void checkClash(Token key) {
        if (hasSync && hasStats && !clashReported) {
            clashReported = true;
            findings.error(key, "cannot use both `Stats' and `Sync' clauses in conntrackd.conf");
        }
    }
}
