/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.text.PlainText;
import org.statelink.conntrack.text.TextOptions;

/** The entry alone, as conntrackd writes it to syslog, which has the time already. */
final class EntryOnly implements FlowFormat {
    @Override
    public void append(StringBuilder line, EndedFlow ended) {
        PlainText.append(line, ended.flow(), TextOptions.PLAIN, TimeUnit.MILLISECONDS.toSeconds(ended.endedMillis()));
    }
}
