/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.ConfigOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was found while reading a HOCON file, with the place that Typesafe Config remembers. */
final class HoconFindings {
    private final String file;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();

    HoconFindings(String file) {
        this.file = file;
    }

    void error(ConfigOrigin origin, String word, String message) {
        add(diagnostic(Severity.ERROR, origin, word, message, Optional.empty()));
    }

    void error(ConfigOrigin origin, String word, String message, Optional<String> suggestion) {
        add(diagnostic(Severity.ERROR, origin, word, message, suggestion));
    }

    void warning(ConfigOrigin origin, String word, String message) {
        if (warnings.size() < Findings.MOST) {
            warnings.add(diagnostic(Severity.WARNING, origin, word, message, Optional.empty()));
        }
    }

    private void add(Diagnostic error) {
        if (errors.size() < Findings.MOST) {
            errors.add(error);
        }
    }

    List<Diagnostic> warnings() {
        return warnings;
    }

    void throwIfAny() throws ConfigException {
        if (!errors.isEmpty()) {
            errors.sort(Comparator.comparingInt(Diagnostic::line));
            throw new ConfigException(errors, warnings);
        }
    }

    private Diagnostic diagnostic(Severity severity, ConfigOrigin origin, String word, String message,
            Optional<String> suggestion) {
        int line = Math.max(0, origin.lineNumber());
        String named = origin.filename() == null ? origin.description() : origin.filename();
        if (line == 0 && origin.filename() == null && origin.description().startsWith("merge of")) {
            named = file;
        }
        String source = line == 0 || origin.filename() == null ? "" : sourceLine(origin.filename(), line);
        // the library remembers no columns: where a word stands twice, none is better than a wrong one
        boolean once = !word.isEmpty() && source.indexOf(word) == source.lastIndexOf(word);
        int column = once ? source.indexOf(word) + 1 : 0;
        return new Diagnostic(severity, named, line, column, word, message, suggestion, source, message);
    }

    private static String sourceLine(String file, int line) {
        try {
            List<String> lines = new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8).lines()
                .skip(line - 1L).limit(1).toList();
            return lines.isEmpty() ? "" : lines.getFirst();
        } catch (IOException e) {
            return "";
        }
    }
}
