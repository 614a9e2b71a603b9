/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.time.Instant;
import org.statelink.server.log.Syslog;

/** Lines to the syslog daemon, each at once. */
final class SyslogSink implements LineSink {
    private final Syslog syslog;
    private final LineCount count = new LineCount();

    SyslogSink(Syslog syslog) {
        this.syslog = syslog;
    }

    @Override
    public void add(CharSequence line, long nowMillis) {
        if (syslog.info(Instant.ofEpochMilli(nowMillis), line.toString())) {
            count.addWritten(1);
        } else {
            count.addLost(1);
        }
    }

    @Override
    public void tick(long nowMillis) {
        // nothing is kept
    }

    @Override
    public LineCount count() {
        return count;
    }

    @Override
    public void close(long nowMillis) {
        syslog.close();
    }
}
