/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was found while reading one file, in the order of the file. */
final class Findings {
    /** More of a kind say nothing new, and a hostile file could bring millions. */
    static final int MOST = 100;
    /** Columns behind this one are not counted, and such a line is not shown. */
    private static final int LONGEST_LINE = 1 << 12;
    private static final int LONGEST_WORD = 400;

    private final String file;
    private final byte[] bytes;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private int warningsBeforeError;
    private final Set<Deviation> deviations = EnumSet.noneOf(Deviation.class);

    Findings(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** What conntrackd calls a syntax error at this token, with a better reason and perhaps what was meant. */
    void syntaxError(Token at, String reason, Optional<String> suggestion) {
        if (at.kind() == Token.Kind.CHARACTER && (at.text().charAt(0) >= 0x80 || at.text().charAt(0) == 0)) {
            deviate(Deviation.FOREIGN_BYTE);
        }
        String classic = "parsing config file in line (" + at.line() + "), symbol '" + shorten(at.text())
            + "': syntax error";
        addError(at(Severity.ERROR, at, reason, suggestion, classic));
    }

    void error(Token at, String message) {
        addError(at(Severity.ERROR, at, message, Optional.empty(), shorten(message)));
    }

    void error(String message) {
        addError(Diagnostic.general(Severity.ERROR, file, message));
    }

    void warning(Token at, String message) {
        if (warnings.size() < MOST) {
            warnings.add(at(Severity.WARNING, at, message, Optional.empty(), shorten(message)));
        }
    }

    void warning(String message) {
        if (warnings.size() < MOST) {
            warnings.add(Diagnostic.general(Severity.WARNING, file, message));
        }
    }

    void deviate(Deviation deviation) {
        deviations.add(deviation);
    }

    int warningsBeforeError() {
        return warningsBeforeError;
    }

    private void addError(Diagnostic error) {
        if (errors.isEmpty()) {
            warningsBeforeError = warnings.size();
        }
        errors.add(error);
    }

    boolean isFull() {
        return errors.size() >= MOST;
    }

    String file() {
        return file;
    }

    List<Diagnostic> errors() {
        return errors;
    }

    List<Diagnostic> warnings() {
        return warnings;
    }

    Set<Deviation> deviations() {
        return deviations;
    }

    private Diagnostic at(Severity severity, Token at, String reason, Optional<String> suggestion, String classic) {
        String message = shorten(reason);
        int start = lineStart(at.offset());
        if (at.offset() - start >= LONGEST_LINE) {
            return new Diagnostic(severity, file, at.line(), 0, shorten(at.text()), message, suggestion, "", classic);
        }
        int column = decode(start, at.offset()).length() + 1;
        int end = at.offset();
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r' && end - at.offset() < LONGEST_LINE) {
            end++;
        }
        String source = end > start ? decode(start, end) : "";
        return new Diagnostic(severity, file, at.line(), column, shorten(at.text()), message, suggestion, source,
            classic);
    }

    /** The start of the line that holds an offset, or where it would be too long to be shown. */
    private int lineStart(int offset) {
        int start = offset;
        while (start > 0 && bytes[start - 1] != '\n' && offset - start < LONGEST_LINE) {
            start--;
        }
        return start;
    }

    private String decode(int start, int end) {
        StringBuilder text = new StringBuilder(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\t' && Character.isISOControl(text.charAt(i))) {
                text.setCharAt(i, '\ufffd');
            }
        }
        return text.toString();
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD) + "...";
    }
}
