/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
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
    private static final FileHandler FILE = new FileHandler();

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
     * Sends every line to a file as well, from the next line on; empty for no file. The file so far is closed. Any
     * thread.
     */
    public static void alsoTo(Optional<LogFile> file) {
        FILE.use(file);
        if (!Arrays.asList(ROOT.getHandlers()).contains(FILE)) {
            ROOT.addHandler(FILE);
        }
    }

    /**
     * Opens the file anew, as after it was moved away; of no effect without one. Any thread.
     *
     * @throws IOException if it cannot be opened; the lines then go on into the one that is open
     */
    public static void reopenFile() throws IOException {
        Optional<LogFile> present = FILE.file();
        if (present.isPresent()) {
            FILE.use(Optional.of(LogFile.open(present.get().path())));
        }
    }

    /** Writes to the file that is in use; between two files no line gets lost. */
    private static final class FileHandler extends Handler {
        private Optional<LogFile> file = Optional.empty();

        FileHandler() {
            setFormatter(new LogLine());
        }

        synchronized Optional<LogFile> file() {
            return file;
        }

        synchronized void use(Optional<LogFile> next) {
            file.ifPresent(LogFile::close);
            file = next;
        }

        @Override
        public synchronized void publish(LogRecord line) {
            if (file.isPresent() && isLoggable(line)) {
                file.get().write(getFormatter().format(line));
            }
        }

        @Override
        public void flush() {
            // every line is
        }

        @Override
        public void close() {
            use(Optional.empty());
        }
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
