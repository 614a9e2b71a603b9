/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.function.Consumer;

/** Reads names between braces. */
final class NameList {
    private NameList() {
    }

    /** Gives each name to {@code each}; a name that is none is noted and the list goes on behind it. */
    static void read(ClassicCursor cursor, String title, String what, Consumer<Token> each) throws Unwound {
        cursor.expect('{', title);
        while (!cursor.peek().is('}')) {
            Token name = cursor.listedName(what);
            if (!name.isString() && !name.isWord("TCP") && !name.isWord("UDP")) {
                cursor.findings().deviate(Deviation.NAME);
            }
            each.accept(name);
        }
        cursor.take();
    }
}
