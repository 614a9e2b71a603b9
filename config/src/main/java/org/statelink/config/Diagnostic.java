/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that is wrong at one place of a configuration.
 *
 * @param severity    how bad it is
 * @param file        the file as it was named
 * @param line        from 1; 0: not about one line
 * @param column      in characters, from 1; 0: not about one place
 * @param word        the offending word; empty at the end of the file or if there is none
 * @param message     one sentence without a full stop
 * @param suggestion  the known word that is nearest to {@code word}, if any is near
 * @param sourceLine  the line of the file, without its line break; empty if there is none
 * @param classicText what conntrackd says of the same, behind its "[ERROR] " or "[warning] "; our own words where it
 *                    has none
 */
public record Diagnostic(
        Severity severity,
        String file,
        int line,
        int column,
        String word,
        String message,
        Optional<String> suggestion,
        String sourceLine,
        String classicText) {
    /** Checks that nothing is missing. */
    public Diagnostic {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    /** Something about the whole configuration. */
    static Diagnostic general(Severity severity, String file, String message) {
        return new Diagnostic(severity, file, 0, 0, "", message, Optional.empty(), "", message);
    }

    /** One line: file:line:column: message. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (column > 0) {
            text.append(':').append(column);
        }
        text.append(": ").append(severity == Severity.WARNING ? "warning: " : "").append(message);
        suggestion.ifPresent(word -> text.append("; did you mean '").append(word).append("'?"));
        return text.toString();
    }

    /** Several lines, each with a line break: {@link #toString()}, the source line, a caret under the word. */
    public String render() {
        StringBuilder text = new StringBuilder(toString()).append('\n');
        if (column > 0 && !sourceLine.isEmpty()) {
            text.append("    ").append(sourceLine).append("\n    ");
            for (int i = 0; i < column - 1; i++) {
                text.append(i < sourceLine.length() && sourceLine.charAt(i) == '\t' ? '\t' : ' ');
            }
            text.append('^').repeat('~', Math.max(0, Math.min(word.length(), sourceLine.length()) - 1)).append('\n');
        }
        return text.toString();
    }
}
