/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Set;

/**
 * A configuration that cannot be used. The message is one line for the first error, with file, line, column and word;
 * {@link #errors()} holds all that were found.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> errors;
    private final transient List<Diagnostic> warnings;
    private final int warningsBeforeError;
    private final transient Set<Deviation> deviations;

    private ConfigException(List<Diagnostic> errors, List<Diagnostic> warnings, int warningsBeforeError,
            Set<Deviation> deviations) {
        super(errors.getFirst().toString());
        this.errors = List.copyOf(errors);
        this.warnings = List.copyOf(warnings);
        this.warningsBeforeError = warningsBeforeError;
        this.deviations = Set.copyOf(deviations);
    }

    ConfigException(List<Diagnostic> errors, List<Diagnostic> warnings) {
        this(errors, warnings, 0, Set.of());
    }

    ConfigException(Diagnostic error) {
        this(error, Set.of());
    }

    ConfigException(Diagnostic error, Set<Deviation> deviations) {
        this(List.of(error), List.of(), 0, deviations);
    }

    ConfigException(Findings findings) {
        this(findings.errors(), findings.warnings(), findings.warningsBeforeError(), findings.deviations());
    }

    /** Every error, the first one first; never empty. */
    public List<Diagnostic> errors() {
        return errors;
    }

    /** What was to be warned of as far as the file was read. */
    public List<Diagnostic> warnings() {
        return warnings;
    }

    /** Those of {@link #warnings()} that conntrackd, which stops at the first error, prints before it. */
    public List<Diagnostic> warningsBeforeError() {
        return warnings.subList(0, warningsBeforeError);
    }

    /** In which points conntrackd itself would have judged otherwise. */
    public Set<Deviation> deviations() {
        return deviations;
    }

    /** The line of the first error, from 1; 0 if it is about no line. */
    public int line() {
        return errors.getFirst().line();
    }

    /** The column of the first error in characters, from 1; 0 if it is about no place. */
    public int column() {
        return errors.getFirst().column();
    }

    /** The offending word of the first error; empty at the end of the file. */
    public String symbol() {
        return errors.getFirst().word();
    }

    /** Why the first error is one. */
    public String reason() {
        return errors.getFirst().message();
    }

    /**
     * What conntrackd prints behind "[ERROR] " for the first error, such as
     * {@code parsing config file in line (3), symbol 'x': syntax error}.
     */
    public String classicMessage() {
        return errors.getFirst().classicText();
    }
}
