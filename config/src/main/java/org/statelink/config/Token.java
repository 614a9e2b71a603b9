/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/**
 * A piece of a classic configuration file. Text is kept as bytes in chars (ISO 8859-1), because the language knows no
 * character set.
 *
 * @param kind   what it looks like
 * @param text   as it stands in the file; empty at the end
 * @param line   from 1
 * @param offset of its first byte in the file
 */
record Token(Kind kind, String text, int line, int offset) {
    /** What a token looks like, before the parser says what it means. */
    enum Kind { WORD, NUMBER, SIGNED_NUMBER, IPV4, IPV6, PATH, CHARACTER, END }

    boolean is(char character) {
        return kind == Kind.CHARACTER && text.charAt(0) == character;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** Whether conntrackd would see a string here: a word that means nothing else. */
    boolean isString() {
        return kind == Kind.WORD && !Words.isReserved(text);
    }
}
