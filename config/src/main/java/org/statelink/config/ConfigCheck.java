/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks a configuration over without running it: everything that a reader says, and what a daemon would stumble over or
 * its owner would not have meant. Any thread; blocks on the file.
 */
public final class ConfigCheck {
    private ConfigCheck() {
    }

    /** Reads and checks a file on this host. */
    public static Report check(Path file) {
        return check(file, Environment.host());
    }

    /** Reads and checks a file of either language. */
    public static Report check(Path file, Environment environment) {
        try {
            ConfigResult result = ConfigReader.read(file, environment);
            List<Diagnostic> all = new ArrayList<>(result.warnings());
            all.addAll(result.startWarnings());
            all.addAll(check(result.config(), new Places(file), environment));
            return new Report(Optional.of(result.config()), all);
        } catch (ConfigException e) {
            List<Diagnostic> all = new ArrayList<>(e.errors());
            all.addAll(e.warnings());
            return new Report(Optional.empty(), all);
        }
    }

    /** Checks what is already read. */
    public static List<Diagnostic> check(DaemonConfig config, Environment environment) {
        return check(config, new Places("configuration", new byte[0]), environment);
    }

    private static List<Diagnostic> check(DaemonConfig config, Places places, Environment environment) {
        List<Diagnostic> found = new ArrayList<>();
        new GeneralCheck(config, places, environment, found).run();
        config.sync().ifPresent(sync -> new SyncCheck(sync, places, environment, found).run());
        return found;
    }

    /**
     * What a check found.
     *
     * @param config      empty if the file cannot be read
     * @param diagnostics errors and warnings; for a file that cannot be read, all its errors first
     */
    public record Report(Optional<DaemonConfig> config, List<Diagnostic> diagnostics) {
        /** Copies. */
        public Report {
            diagnostics = List.copyOf(diagnostics);
        }

        /** Whether a daemon could start with it. */
        public boolean isUsable() {
            return config.isPresent() && diagnostics.stream().noneMatch(each -> each.severity() == Severity.ERROR);
        }

        /** The findings with their source lines, then what would run; several lines, each with a line break. */
        public String render() {
            StringBuilder text = new StringBuilder();
            diagnostics.forEach(each -> text.append(each.render()));
            config.ifPresent(present -> text.append(ConfigSummary.of(present)));
            return text.toString();
        }
    }
}
