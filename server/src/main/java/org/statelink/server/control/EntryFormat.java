/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.text.PlainText;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.conntrack.text.XmlText;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.json.FlowJson;
import org.statelink.server.json.JsonObject;

/** The ways in which a cache of flows is shown. Timeouts are as last heard, so they are never shown. */
enum EntryFormat implements DumpFormat<Conntrack, FlowPage> {
    /** {@code -i}. */
    INTERNAL_PLAIN(true, Syntax.PLAIN),
    /** {@code -i -x}. */
    INTERNAL_XML(true, Syntax.XML),
    /** {@code -i -o json}. */
    INTERNAL_JSON(true, Syntax.JSON),
    /** {@code -e}. */
    EXTERNAL_PLAIN(false, Syntax.PLAIN),
    /** {@code -e -x}. */
    EXTERNAL_XML(false, Syntax.XML),
    /** {@code -e -o json}. */
    EXTERNAL_JSON(false, Syntax.JSON);

    private final boolean internal;
    private final Syntax syntax;

    EntryFormat(boolean internal, Syntax syntax) {
        this.internal = internal;
        this.syntax = syntax;
    }

    @Override
    public EntryList newList() {
        return syntax.newList();
    }

    @Override
    public FlowPage newPage() {
        return new FlowPage();
    }

    @Override
    public Conntrack newEntry() {
        return new Conntrack();
    }

    @Override
    public void append(StringBuilder out, Conntrack flow, FlowPage page, int nowSeconds) {
        flow.forget(Field.TIMEOUT);
        if (internal) {
            page.complete(flow);
        }
        switch (syntax) {
            case XML -> XmlText.append(out, flow, TextOptions.PLAIN, 0);
            case PLAIN -> {
                PlainText.append(out, flow, TextOptions.PLAIN, 0);
                DumpFormat.appendTimes(out, page, internal, nowSeconds);
            }
            case JSON -> JsonObject.append(out, json -> {
                FlowJson.write(json, flow);
                if (!internal && page.dueAt() > 0) {
                    json.writeNumberField("expires_in_seconds", Math.max(0, page.dueAt() - nowSeconds));
                }
                json.writeNumberField("active_seconds", nowSeconds - page.activeSince());
            });
        }
    }

    /**
     * Appends a flow as the kernel tells it, without a line feed. The text is the same with and without {@code -x}, as
     * with conntrackd.
     */
    void append(StringBuilder out, Conntrack flow) {
        if (syntax == Syntax.JSON) {
            JsonObject.append(out, json -> FlowJson.write(json, flow));
        } else {
            PlainText.append(out, flow, TextOptions.PLAIN, 0);
        }
    }
}
