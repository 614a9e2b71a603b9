/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.statelink.control.client.ConsoleLog;
import org.statelink.control.client.ParsedCommand;

/**
 * {@code -d}: a JVM cannot fork, so it starts another one that runs the daemon, and ends when that one is ready or
 * has failed. The two talk over the standard output of the child, which prints what a foreground daemon prints.
 */
final class BackgroundStart {
    private static final String READY = "-- starting in";

    private BackgroundStart() {
    }

    /** Returns the exit code: 0 once the daemon is ready, 1 if it failed, after its reasons were printed. */
    static int run(ParsedCommand command, PrintStream err) {
        try {
            Process child = new ProcessBuilder(commandLine(command)).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
            return awaitReady(child, err);
        } catch (IOException e) {
            ConsoleLog.error(err, "cannot start the daemon: " + e.getMessage());
            return 1;
        }
    }

    private static List<String> commandLine(ParsedCommand command) {
        List<String> line = new ArrayList<>(List.of("setsid", ProcessHandle.current().info().command().orElse("java")));
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "-C",
            command.configFile()));
        return line;
    }

    private static int awaitReady(Process child, PrintStream err) throws IOException {
        try (BufferedReader lines =
                 new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(READY)) {
                    return 0;
                }
                if (line.contains("[ERROR]") || line.contains("[warning]")) {
                    err.println(line);
                }
            }
            return 1;
        }
    }
}
