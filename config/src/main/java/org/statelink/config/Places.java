/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Finds where in the file something stands that a check is about: the records no longer know. */
final class Places {
    private final String file;
    private final String[] lines;

    Places(Path file) throws ConfigException {
        this(file.toString(), ConfigReader.bytes(file));
    }

    Places(String file, byte[] bytes) {
        this.file = file;
        lines = new String(bytes, StandardCharsets.UTF_8).split("\r?\n", -1);
    }

    /** A finding at the place of {@code word}, or about the whole file if it does not stand there exactly once. */
    Diagnostic diagnostic(Severity severity, String word, String message) {
        int line = 0;
        int column = 0;
        for (int i = 0; i < lines.length && !word.isEmpty(); i++) {
            int at = find(lines[i], word);
            if (at >= 0 && line > 0) {
                return Diagnostic.general(severity, file, message);
            }
            if (at >= 0) {
                line = i + 1;
                column = at + 1;
            }
        }
        String source = line == 0 ? "" : lines[line - 1];
        return new Diagnostic(severity, file, line, column, line == 0 ? "" : word, message, Optional.empty(), source,
            message);
    }

    private static int find(String line, String word) {
        int comment = line.indexOf('#');
        String code = comment < 0 ? line : line.substring(0, comment);
        for (int at = code.indexOf(word); at >= 0; at = code.indexOf(word, at + 1)) {
            int end = at + word.length();
            if ((at == 0 || isEdge(code.charAt(at - 1))) && (end == code.length() || isEdge(code.charAt(end)))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isEdge(char c) {
        return Character.isWhitespace(c) || "{}\",[]=".indexOf(c) >= 0;
    }
}
