/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.text.PlainText;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.conntrack.text.XmlText;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.json.FlowJson;
import org.statelink.server.json.JsonObject;

/** How flows become lines. */
final class FlowLines extends EntryLines<Conntrack, FlowPage> {
    static final FlowLines LINES = new FlowLines();

    private FlowLines() {
    }

    @Override
    FlowPage newPage() {
        return new FlowPage();
    }

    @Override
    Conntrack newEntry() {
        return new Conntrack();
    }

    @Override
    void complete(Conntrack flow, FlowPage page, DumpStyle style) {
        flow.forget(Field.TIMEOUT);
        if (style.isInternal()) {
            page.complete(flow);
        }
    }

    @Override
    void plain(StringBuilder out, Conntrack flow) {
        PlainText.append(out, flow, TextOptions.PLAIN, 0);
    }

    @Override
    void xml(StringBuilder out, Conntrack flow) {
        XmlText.append(out, flow, TextOptions.PLAIN, 0);
    }

    @Override
    void json(JsonGenerator out, Conntrack flow) throws IOException {
        FlowJson.write(out, flow);
    }

    /**
     * Appends a flow as the kernel tells it, without a line feed. The text is the same with and without {@code -x}, as
     * with conntrackd.
     */
    void append(StringBuilder out, Conntrack flow, DumpStyle style) {
        if (style.syntax() == DumpStyle.Syntax.JSON) {
            JsonObject.append(out, json -> json(json, flow));
        } else {
            plain(out, flow);
        }
    }
}
