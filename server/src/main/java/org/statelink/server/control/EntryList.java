/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

/** How the entries of one answer are strung together. */
final class EntryList {
    private final String opening;
    private final String separator;
    private final String closing;
    private final String empty;
    private boolean hasEntries;

    private EntryList(String opening, String separator, String closing, String empty) {
        this.opening = opening;
        this.separator = separator;
        this.closing = closing;
        this.empty = empty;
    }

    /** Lines, as conntrackd writes them. */
    static EntryList lines() {
        return new EntryList("", "\n", "\n", "");
    }

    /** A JSON array with an element on each line: it shows where it ends. */
    static EntryList array() {
        return new EntryList("[\n", ",\n", "\n]\n", "[]\n");
    }

    /** Comes before each entry. */
    void next(StringBuilder out) {
        out.append(hasEntries ? separator : opening);
        hasEntries = true;
    }

    /** Comes after the last entry. */
    void end(StringBuilder out) {
        out.append(hasEntries ? closing : empty);
    }
}
