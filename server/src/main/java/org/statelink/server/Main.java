/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.statelink.config.ConfigException;
import org.statelink.config.ConfigReader;
import org.statelink.config.ConfigResult;
import org.statelink.control.client.ClientRun;
import org.statelink.control.client.CommandLine;
import org.statelink.control.client.ConsoleLog;
import org.statelink.control.client.ParsedCommand;

/**
 * The program {@code conntrackd}: the daemon, or a client of a running one. A client must start fast, so nothing on
 * its path may load Netty or the logging.
 */
public final class Main {
    private Main() {
    }

    /** Runs the program; ends the JVM with conntrackd's exit codes. */
    public static void main(String[] arguments) {
        System.exit(run(CommandLine.parse(arguments), System.out, System.err));
    }

    private static int run(ParsedCommand command, PrintStream out, PrintStream err) {
        command.print(out, err);
        return switch (command.kind()) {
            case EXIT -> command.exitCode();
            case CLIENT -> client(command, out, err);
            case CHECK -> FileCommands.check(Path.of(command.configFile()), out, err);
            case CONVERT -> FileCommands.convert(Path.of(command.configFile()), out, err);
            case CONSOLE -> DaemonRun.run(StartMode.CONSOLE, Path.of(command.configFile()));
            case DAEMON -> daemon(Path.of(command.configFile()), err);
        };
    }

    private static int daemon(Path file, PrintStream err) {
        return BackgroundStart.isDaemon() ? DaemonRun.run(StartMode.DAEMON, file) : BackgroundStart.run(file, err);
    }

    private static int client(ParsedCommand command, PrintStream out, PrintStream err) {
        try {
            ConfigResult read = ConfigReader.read(Path.of(command.configFile()));
            read.warnings().forEach(warning -> ConsoleLog.warning(err, warning.classicText()));
            Optional<Path> socket = read.config().general().controlSocket();
            if (socket.isEmpty()) {
                ConsoleLog.error(err, "`" + command.configFile() + "' names no control socket (UNIX { Path ... })");
                return 1;
            }
            return ClientRun.run(command, socket.get(), out, err);
        } catch (ConfigException e) {
            ConsoleLog.error(err, e.getMessage());
            return 1;
        }
    }
}
