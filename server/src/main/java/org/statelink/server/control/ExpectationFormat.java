/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.text.ExpectationText;
import org.statelink.conntrack.text.ExpectationXml;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.server.cache.ExpectationPage;

/** The four ways in which a cache of expectations is shown. Timeouts are as last heard, so they are never shown. */
enum ExpectationFormat implements DumpFormat<Expectation, ExpectationPage> {
    /** {@code -i expect}. */
    INTERNAL_PLAIN(true, false),
    /** {@code -i expect -x}. */
    INTERNAL_XML(true, true),
    /** {@code -e expect}. */
    EXTERNAL_PLAIN(false, false),
    /** {@code -e expect -x}. */
    EXTERNAL_XML(false, true);

    private final boolean internal;
    private final boolean xml;

    ExpectationFormat(boolean internal, boolean xml) {
        this.internal = internal;
        this.xml = xml;
    }

    @Override
    public EntryList newList() {
        return EntryList.lines();
    }

    @Override
    public ExpectationPage newPage() {
        return new ExpectationPage();
    }

    @Override
    public Expectation newEntry() {
        return new Expectation();
    }

    @Override
    public void append(StringBuilder out, Expectation expectation, ExpectationPage page, int nowSeconds) {
        expectation.forget(ExpectationField.TIMEOUT);
        if (xml) {
            ExpectationXml.append(out, expectation, TextOptions.PLAIN, 0);
        } else {
            ExpectationText.append(out, expectation, TextOptions.PLAIN);
            if (!internal) {
                DumpFormat.appendExpiry(out, page, nowSeconds);
            }
            DumpFormat.appendAge(out, page, nowSeconds);
        }
    }
}
