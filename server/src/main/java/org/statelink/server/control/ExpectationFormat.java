/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.text.ExpectationText;
import org.statelink.conntrack.text.ExpectationXml;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.json.ExpectationJson;
import org.statelink.server.json.JsonObject;

/** The ways in which a cache of expectations is shown. Timeouts are as last heard, so they are never shown. */
enum ExpectationFormat implements DumpFormat<Expectation, ExpectationPage> {
    /** {@code -i expect}. */
    INTERNAL_PLAIN(true, Syntax.PLAIN),
    /** {@code -i expect -x}. */
    INTERNAL_XML(true, Syntax.XML),
    /** {@code -i expect -o json}. */
    INTERNAL_JSON(true, Syntax.JSON),
    /** {@code -e expect}. */
    EXTERNAL_PLAIN(false, Syntax.PLAIN),
    /** {@code -e expect -x}. */
    EXTERNAL_XML(false, Syntax.XML),
    /** {@code -e expect -o json}. */
    EXTERNAL_JSON(false, Syntax.JSON);

    private final boolean internal;
    private final Syntax syntax;

    ExpectationFormat(boolean internal, Syntax syntax) {
        this.internal = internal;
        this.syntax = syntax;
    }

    @Override
    public EntryList newList() {
        return syntax.newList();
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
        switch (syntax) {
            case XML -> ExpectationXml.append(out, expectation, TextOptions.PLAIN, 0);
            case PLAIN -> {
                ExpectationText.append(out, expectation, TextOptions.PLAIN);
                DumpFormat.appendTimes(out, page, internal, nowSeconds);
            }
            case JSON -> JsonObject.append(out, json -> {
                ExpectationJson.write(json, expectation);
                json.writeNumberField("active_seconds", nowSeconds - page.activeSince());
            });
        }
    }
}
