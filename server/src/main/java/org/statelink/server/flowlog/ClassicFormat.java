/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.text.Ctime;

/**
 * A line of conntrackd's statistics log: the time, a tabulator, the entry. Source: docs of conntrackd's control
 * socket, section 8.
 */
final class ClassicFormat implements FlowFormat {
    private final EntryOnly entry = new EntryOnly();
    private final StringBuilder time = new StringBuilder();
    private final ZoneId zone;
    private long timeSeconds = -1;

    /** Tells times of the given zone. */
    ClassicFormat(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public void append(StringBuilder line, EndedFlow ended) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(ended.endedMillis());
        if (seconds != timeSeconds) {
            timeSeconds = seconds;
            time.setLength(0);
            Ctime.append(time, seconds, zone);
        }
        line.append(time).append('\t');
        entry.append(line, ended);
    }
}
