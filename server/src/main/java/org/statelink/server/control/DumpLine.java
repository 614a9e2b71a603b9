/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.text.ExpectationText;
import org.statelink.conntrack.text.ExpectationXml;
import org.statelink.conntrack.text.PlainText;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.conntrack.text.XmlText;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.cache.FlowPage;

/** How an entry of a cache is shown on a line. Timeouts are as last heard, so they are never shown. */
@FunctionalInterface
interface DumpLine<E, P> {
    /** Appends the entry that was read last from the page, without its times. */
    void append(StringBuilder out, E entry, P page, DumpStyle style);

    /** A flow. */
    static void flow(StringBuilder out, Conntrack flow, FlowPage page, DumpStyle style) {
        flow.forget(Field.TIMEOUT);
        if (style.isInternal()) {
            page.restoreReply(flow);
        }
        if (style.isXml()) {
            XmlText.append(out, flow, TextOptions.PLAIN, 0);
        } else {
            PlainText.append(out, flow, TextOptions.PLAIN, 0);
        }
    }

    /** An expectation. */
    static void expectation(StringBuilder out, Expectation expectation, ExpectationPage page, DumpStyle style) {
        expectation.forget(ExpectationField.TIMEOUT);
        if (style.isXml()) {
            ExpectationXml.append(out, expectation, TextOptions.PLAIN, 0);
        } else {
            ExpectationText.append(out, expectation, TextOptions.PLAIN);
        }
    }
}
