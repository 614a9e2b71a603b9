/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code Options { }}. */
final class OptionsBlock implements Block, NameList {
    private final ClassicCursor cursor;
    private final List<String> helpers = new ArrayList<>();
    private boolean tcpWindowTracking;
    private boolean expectationSync;

    OptionsBlock(ClassicCursor cursor) {
        this.cursor = cursor;
    }

    Options build() {
        return new Options(tcpWindowTracking, expectationSync, helpers);
    }

    @Override
    public String title() {
        return "Options";
    }

    @Override
    public List<String> words() {
        return Words.OPTIONS;
    }

    @Override
    public void entry(Token key) throws Unwound {
        if (key.text().equals("TCPWindowTracking")) {
            tcpWindowTracking = cursor.bool(key.text());
        } else if (cursor.isBoolean()) {
            expectationSync = cursor.bool(key.text());
        } else {
            NameList.read(cursor, key.text(), "the name of a helper", this);
            expectationSync = true;
        }
    }

    /** Takes the name of a helper. */
    @Override
    public void name(Token name) {
        if (name.isWord("TCP") || name.isWord("UDP")) {
            cursor.findings().deviate(Deviation.NAME);
        }
        String kept = name.text().substring(0, Math.min(Limits.HELPER_NAME, name.text().length()));
        if (!helpers.contains(kept)) {
            helpers.add(kept);
        }
    }
}
