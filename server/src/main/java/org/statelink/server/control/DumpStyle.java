/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

/** The ways in which a cache is shown. */
enum DumpStyle {
    /** {@code -i}. */
    INTERNAL_PLAIN(true, Syntax.PLAIN),
    /** {@code -i -x}. */
    INTERNAL_XML(true, Syntax.XML),
    /** {@code -i -o json}. */
    INTERNAL_JSON(true, Syntax.JSON),
    /** {@code -e}. */
    EXTERNAL_PLAIN(false, Syntax.PLAIN),
    /** {@code -e -x}. */
    EXTERNAL_XML(false, Syntax.XML),
    /** {@code -e -o json}. */
    EXTERNAL_JSON(false, Syntax.JSON);

    /** A language. */
    enum Syntax {
        /** conntrackd's lines. */
        PLAIN,
        /** One XML document a line. */
        XML,
        /** A JSON array, an element a line. */
        JSON
    }

    private final boolean internal;
    private final Syntax syntax;

    DumpStyle(boolean internal, Syntax syntax) {
        this.internal = internal;
        this.syntax = syntax;
    }

    /** Whether it is the internal cache. */
    boolean isInternal() {
        return internal;
    }

    Syntax syntax() {
        return syntax;
    }

    /** What strings the entries of one answer together. */
    EntryList newList() {
        return syntax == Syntax.JSON ? EntryList.array() : EntryList.lines();
    }
}
