/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;

/** What may stand between one pair of braces. */
interface Block {
    /** How messages call it. */
    String title();

    /** The words that begin an entry. */
    List<String> words();

    /** Reads the entry that {@code key}, one of {@link #words()}, begins; the key itself is already taken. */
    void entry(Token key) throws Unwound;

    /** Something that needs all entries, after the closing brace. */
    default void end() {
    }
}
