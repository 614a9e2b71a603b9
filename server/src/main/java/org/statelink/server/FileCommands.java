/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.statelink.config.ConfigCheck;
import org.statelink.config.ConfigException;
import org.statelink.config.ConfigReader;
import org.statelink.config.ConfigResult;
import org.statelink.config.ConfigSummary;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Diagnostic;
import org.statelink.config.HoconWriter;
import org.statelink.server.log.DaemonLog;
import org.statelink.server.system.StartException;

/** The commands that only look at a configuration file. They yield the program's exit code. */
final class FileCommands {
    private FileCommands() {
    }

    /** {@code --check}: every finding goes to {@code err}, what would run to {@code out}. 1 if nothing could run. */
    static int check(Path file, PrintStream out, PrintStream err) {
        ConfigCheck.Report report = ConfigCheck.check(file);
        print(report.diagnostics(), err);
        if (!report.isUsable()) {
            return 1;
        }
        DaemonConfig config = report.config().orElseThrow();
        try {
            DaemonLog.toConsole();
            SupportedConfig.check(config);
        } catch (StartException e) {
            err.println(file + ": " + e.getMessage());
            return 1;
        }
        out.print(ConfigSummary.of(config));
        out.flush();
        return 0;
    }

    /** {@code --convert}: the file as HOCON goes to {@code out}, findings to {@code err}. 1 if it cannot be read. */
    static int convert(Path file, PrintStream out, PrintStream err) {
        try {
            ConfigResult read = ConfigReader.read(file);
            print(read.warnings(), err);
            out.print(HoconWriter.write(read.config()));
            out.flush();
            return 0;
        } catch (ConfigException e) {
            print(e.errors(), err);
            print(e.warnings(), err);
            return 1;
        }
    }

    private static void print(List<Diagnostic> findings, PrintStream err) {
        findings.forEach(each -> err.print(each.render()));
        err.flush();
    }
}
