/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.statelink.server.log.Syslog;

/** Lines to the syslog daemon, each at once. */
final class SyslogSink implements LineSink {
    private final Syslog syslog;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    SyslogSink(Syslog syslog) {
        this.syslog = syslog;
    }

    @Override
    public void add(CharSequence line, long nowMillis) {
        boolean taken = syslog.info(Instant.ofEpochMilli(nowMillis), line.toString());
        (taken ? written : lost).incrementAndGet();
    }

    @Override
    public void tick(long nowMillis) {
        // nothing is kept
    }

    @Override
    public long written() {
        return written.get();
    }

    @Override
    public long lost() {
        return lost.get();
    }

    @Override
    public void close(long nowMillis) {
        syslog.close();
    }
}
