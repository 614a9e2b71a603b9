/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.statelink.control.client.ConsoleLog;
import org.statelink.server.system.ServiceManager;

/**
 * {@code -d}: a JVM cannot fork, so it starts the program once more, in a session of its own, and ends when that one is
 * ready or has failed. The daemon says that it is ready by a line on its standard output, which it then closes; what
 * goes wrong before it writes to the standard error that both have.
 */
final class BackgroundStart {
    /** Set by the launcher, which gives the process its name and command line: the program to start. */
    private static final String LAUNCHER = "statelink.launcher";
    /** In the environment of the daemon. The launcher knows it too. */
    private static final String MARK = "STATELINK_BACKGROUND";

    private BackgroundStart() {
    }

    /** Whether this process is the daemon that another one started. */
    static boolean isDaemon() {
        return System.getenv(MARK) != null;
    }

    /** Returns the exit code: 0 once the daemon is ready, 1 if it failed, after its reasons were printed. */
    static int run(Path configFile, PrintStream err) {
        try {
            return awaitReady(start(configFile));
        } catch (IOException e) {
            ConsoleLog.error(err, "cannot start the daemon: " + e.getMessage());
            return 1;
        }
    }

    private static Process start(Path configFile) throws IOException {
        ProcessBuilder daemon = new ProcessBuilder("setsid", System.getProperty(LAUNCHER, "conntrackd"), "-d", "-C",
            configFile.toAbsolutePath().toString());
        Map<String, String> environment = daemon.environment();
        environment.put(MARK, "1");
        ServiceManager.handOver(environment);
        return daemon.directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    private static int awaitReady(Process daemon) throws IOException {
        try (BufferedReader output = daemon.inputReader(StandardCharsets.UTF_8)) {
            String status = output.readLine();
            if (status == null) {
                return 1;
            }
            if (!status.isEmpty()) {
                tellSystemd(daemon.pid(), status);
            }
            return 0;
        }
    }

    /** systemd believes only the process that it started. */
    private static void tellSystemd(long pid, String status) {
        try (ServiceManager manager = ServiceManager.of(System.getenv())) {
            manager.ready(pid, status);
        }
    }
}
