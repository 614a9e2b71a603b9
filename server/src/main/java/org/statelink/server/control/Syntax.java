/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

/** The language in which a cache is shown. */
enum Syntax {
    /** conntrackd's lines. */
    PLAIN,
    /** One XML document a line. */
    XML,
    /** A JSON array, an element a line. */
    JSON;

    /** What strings the entries of one answer together. */
    EntryList newList() {
        return this == JSON ? EntryList.array() : EntryList.lines();
    }
}
