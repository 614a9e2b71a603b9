/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes a line at once; a stream that breaks must not stop the daemon, so its errors are its own. */
final class ConsoleHandler extends Handler {
    private final PrintStream out;
    private final PrintStream err;

    /** Notices to {@code out}, warnings and errors to {@code err}. */
    ConsoleHandler(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        setFormatter(new LogLine());
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            PrintStream target = line.getLevel().intValue() >= Level.WARNING.intValue() ? err : out;
            target.print(getFormatter().format(line));
            target.flush();
        }
    }

    @Override
    public void flush() {
        out.flush();
        err.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
