/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the daemon's log lines go: to the console, where warnings and errors take standard error, to a file and to
 * syslog. Console first, as the configuration that names the others has yet to be read. Floods of one line are held
 * back.
 */
public final class DaemonLog {
    private static final Logger ROOT = Logger.getLogger("");
    private static final FloodGuard GUARD = new FloodGuard(System::nanoTime);
    private static final FileHandler FILE = new FileHandler();

    private DaemonLog() {
    }

    /** Sends every line to the console only. */
    public static void toConsole() {
        restart(new ConsoleHandler(System.out, System.err));
    }

    /** Sends warnings and errors to standard error, and nothing elsewhere. */
    public static void toStandardError() {
        restart(new ConsoleHandler(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            System.err));
    }

    private static void restart(ConsoleHandler console) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        GUARD.removeAll();
        GUARD.add(console);
        ROOT.setLevel(Level.INFO);
        ROOT.addHandler(GUARD);
    }

    /** Sends no line to the console any more. */
    public static void leaveConsole() {
        GUARD.removeConsole();
    }

    /**
     * Sends every line to a file as well, from the next line on; empty for no file. The file so far is closed. Any
     * thread.
     */
    public static void alsoTo(Optional<LogFile> file) {
        FILE.use(file);
        also(FILE);
    }

    /** Sends every line to syslog as well. Any thread. */
    public static void alsoTo(Syslog syslog) {
        also(new SyslogHandler(syslog));
    }

    private static void also(Handler target) {
        GUARD.add(target);
        if (!Arrays.asList(ROOT.getHandlers()).contains(GUARD)) {
            ROOT.addHandler(GUARD);
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

    /** Writes what is held back. */
    public static void flush() {
        GUARD.flush();
    }
}
