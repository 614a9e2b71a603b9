/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.text.PlainText;
import org.statelink.conntrack.text.TextOptions;
import org.statelink.conntrack.text.XmlText;
import org.statelink.server.cache.FlowPage;

/** The four ways in which a cache of flows is shown. Timeouts are as last heard, so they are never shown. */
enum EntryFormat implements DumpFormat<Conntrack, FlowPage> {
    /** {@code -i}. */
    INTERNAL_PLAIN(true, false),
    /** {@code -i -x}. */
    INTERNAL_XML(true, true),
    /** {@code -e}. */
    EXTERNAL_PLAIN(false, false),
    /** {@code -e -x}. */
    EXTERNAL_XML(false, true);

    private final boolean internal;
    private final boolean xml;

    EntryFormat(boolean internal, boolean xml) {
        this.internal = internal;
        this.xml = xml;
    }

    @Override
    public boolean isInternal() {
        return internal;
    }

    @Override
    public void append(StringBuilder out, Conntrack flow, FlowPage page, int nowSeconds) {
        flow.forget(Field.TIMEOUT);
        if (internal) {
            page.restoreReply(flow);
        }
        if (xml) {
            XmlText.append(out, flow, TextOptions.PLAIN, 0);
        } else {
            PlainText.append(out, flow, TextOptions.PLAIN, 0);
            DumpFormat.appendTimes(out, page, internal, nowSeconds);
        }
        out.append('\n');
    }
}
