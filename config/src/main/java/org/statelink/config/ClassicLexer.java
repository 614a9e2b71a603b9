/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.charset.StandardCharsets;
import org.statelink.config.Token.Kind;

/**
 * Cuts a classic configuration file into tokens: at each place the longest match wins, and of equally long ones a
 * number before an address before a word.
 */
final class ClassicLexer {
    private final byte[] bytes;
    private final Findings findings;
    private int position;
    private int line = 1;

    ClassicLexer(byte[] bytes, Findings findings) {
        this.bytes = bytes;
        this.findings = findings;
        if (at(0) == 0xef && at(1) == 0xbb && at(2) == 0xbf) {
            findings.deviate(Deviation.BYTE_ORDER_MARK);
            position = 3;
        }
    }

    Token next() {
        skipBlanks();
        int start = position;
        if (start == bytes.length) {
            return new Token(Kind.END, "", line, start);
        }
        int first = at(start);
        if (first == '/') {
            return token(Kind.PATH, path(start));
        }
        if (isLetter(first) || isDigit(first) || first == ':') {
            return wordLike(start);
        }
        if ((first == '+' || first == '-') && isDigit(at(start + 1))) {
            return token(Kind.SIGNED_NUMBER, digits(start + 1));
        }
        return token(Kind.CHARACTER, start + 1);
    }

    /** Reads once more what {@code token} was made from, as a name: what a network interface may be called. */
    Token nameAt(Token token) {
        position = token.offset();
        line = token.line();
        int end = position;
        while (isNamePart(at(end))) {
            end++;
        }
        return token(Kind.WORD, end);
    }

    private Token wordLike(int start) {
        Kind kind = Kind.CHARACTER;
        int end = start + 1;
        int candidate = word(start);
        if (candidate >= end) {
            kind = Kind.WORD;
            end = candidate;
        }
        candidate = prefixed(Ipv6Shape.end(this, start));
        if (candidate >= end) {
            kind = Kind.IPV6;
            end = candidate;
        }
        candidate = prefixed(ipv4(start));
        if (candidate >= end) {
            kind = Kind.IPV4;
            end = candidate;
        }
        candidate = digits(start);
        if (candidate >= end) {
            kind = Kind.NUMBER;
            end = candidate;
        }
        return token(kind, end);
    }

    private Token token(Kind kind, int end) {
        String text = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1);
        Token token = new Token(kind, text, line, position);
        position = end;
        return token;
    }

    private void skipBlanks() {
        while (position < bytes.length) {
            int c = at(position);
            if (c == '#') {
                skipComment();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                position++;
            } else if (c == '\n') {
                position++;
                line++;
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        while (position < bytes.length && at(position) != '\n') {
            position++;
        }
        if (position == bytes.length) {
            findings.deviate(Deviation.COMMENT_AT_END);
        }
    }

    private int path(int start) {
        int end = start + 1;
        for (int c = at(end); c != -1 && c != ' ' && c != '\n' && c != '"'; c = at(end)) {
            end++;
        }
        return end;
    }

    private int word(int start) {
        int end = start;
        if (isLetter(at(end))) {
            while (isWordPart(at(end))) {
                end++;
            }
        }
        return end;
    }

    private int digits(int start) {
        int end = start;
        while (isDigit(at(end))) {
            end++;
        }
        return end;
    }

    private int ipv4(int start) {
        int end = start;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && at(end++) != '.') {
                return start;
            }
            int next = digits(end);
            if (next == end) {
                return start;
            }
            end = next;
        }
        return end;
    }

    private int prefixed(int end) {
        if (at(end) == '/' && isDigit(at(end + 1))) {
            return digits(end + 1);
        }
        return end;
    }

    /** The byte at an offset, 0 to 255; -1 behind the end. */
    int at(int offset) {
        return offset < bytes.length ? bytes[offset] & 0xff : -1;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isWordPart(int c) {
        return isLetter(c) || isDigit(c) || c == '.' || c == '-' || c == '_';
    }

    private static boolean isNamePart(int c) {
        return isWordPart(c) || c == '@' || c == '+';
    }
}
