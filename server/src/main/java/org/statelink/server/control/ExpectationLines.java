/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.text.ExpectationText;
import org.statelink.conntrack.text.ExpectationXml;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.json.ExpectationJson;

/** How expectations become lines. */
final class ExpectationLines extends EntryLines<Expectation, ExpectationPage> {
    static final ExpectationLines LINES = new ExpectationLines();

    private ExpectationLines() {
    }

    @Override
    ExpectationPage newPage() {
        return new ExpectationPage();
    }

    @Override
    Expectation newEntry() {
        return new Expectation();
    }

    @Override
    void complete(Expectation expectation, ExpectationPage page, DumpStyle style) {
        expectation.forget(ExpectationField.TIMEOUT);
    }

    @Override
    void plain(StringBuilder out, Expectation expectation) {
        ExpectationText.append(out, expectation, TextOptions.PLAIN);
    }

    @Override
    void xml(StringBuilder out, Expectation expectation) {
        ExpectationXml.append(out, expectation, TextOptions.PLAIN, 0);
    }

    @Override
    void json(JsonGenerator out, Expectation expectation) throws IOException {
        ExpectationJson.write(out, expectation);
    }
}
