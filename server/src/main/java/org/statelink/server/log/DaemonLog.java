/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Where the daemon's log lines go: to the console, where warnings and errors take standard error, and to a file.
 * Console first, as the configuration that names the file has yet to be read.
 */
public final class DaemonLog {
    private static final Logger ROOT = Logger.getLogger("");

    private DaemonLog() {
    }

    /** Sends every line to the console only. */
    public static void toConsole() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.setLevel(Level.INFO);
        ROOT.addHandler(new StreamHandler(System.out, System.err));
    }

    /**
     * Sends every line to a file as well, which is appended to, or made with mode 0600.
     *
     * @throws IOException if the file cannot be opened; the message is the system's reason
     */
    public static void alsoToFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file,
                PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
        }
        PrintStream out = new PrintStream(Files.newOutputStream(file, StandardOpenOption.APPEND), true);
        ROOT.addHandler(new StreamHandler(out, out));
    }

    /** Writes a line at once; a file on a full disk must not stop the daemon, so errors of the stream are its own. */
    private static final class StreamHandler extends Handler {
        private final PrintStream out;
        private final PrintStream err;

        StreamHandler(PrintStream out, PrintStream err) {
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
}
