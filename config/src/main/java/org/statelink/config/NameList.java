/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/** Takes the names of a list in braces, one by one; an interface and no lambda, see {@link ConfigReader}. */
interface NameList {
    void name(Token name);

    /** Reads names between braces. */
    static void read(ClassicCursor cursor, String title, String what, NameList list) throws Unwound {
        cursor.expect('{', title);
        while (!cursor.peek().is('}')) {
            Token name = cursor.listedName(what);
            if (!name.isString() && !name.isWord("TCP") && !name.isWord("UDP")) {
                cursor.findings().deviate(Deviation.NAME);
            }
            list.name(name);
        }
        cursor.take();
    }
}
