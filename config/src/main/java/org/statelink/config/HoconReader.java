/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one HOCON file, overrides and the defaults of reference.conf into the records. */
final class HoconReader {
    /** Bytes beyond which a file is no configuration; the library's parser needs far more memory than the file. */
    static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_SUBSTITUTIONS = 300;
    private static final String ROOT = "statelink";
    static final Set<String> PARTS = Set.of("general", "sync", "stats", "helpers", "metrics");

    private final HoconFindings findings;
    private final Environment environment;
    private final String file;

    HoconReader(String file, Environment environment) {
        this.file = file;
        this.environment = environment;
        findings = new HoconFindings(file);
    }

    /** Reads with the overrides of this process. */
    ConfigResult read(byte[] bytes, Path path) throws ConfigException {
        return read(bytes, path, HoconOverrides.of(System.getProperties(), System.getenv(), PARTS));
    }

    /**
     * Reads with these overrides.
     *
     * @param bytes what was read of the file, to judge its encoding
     */
    ConfigResult read(byte[] bytes, Path path, Config overrides) throws ConfigException {
        if (bytes.length > LARGEST_FILE) {
            throw new ConfigException(Diagnostic.general(Severity.ERROR, file,
                "larger than " + LARGEST_FILE + " bytes: this is no configuration file"));
        }
        requireUtf8(bytes);
        requireFewSubstitutions(bytes);
        try {
            Config own = overrides.withFallback(ConfigFactory.parseFile(path.toFile(), ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF).setAllowMissing(false).appendIncluder(new BoundedIncluder())));
            Config reference = ConfigFactory.parseResources(HoconReader.class.getClassLoader(), "reference.conf");
            Config merged = own.withFallback(reference).resolve();
            return read(own.resolveWith(merged), merged.getConfig(ROOT).root());
        } catch (com.typesafe.config.ConfigException e) {
            throw syntaxError(e);
        } catch (StackOverflowError e) {
            // the library's parser is recursive; what it needs more than a thread's stack for is no configuration
            throw new ConfigException(Diagnostic.general(Severity.ERROR, file, "nested too deeply"));
        }
    }

    private ConfigResult read(Config own, ConfigObject merged) throws ConfigException {
        HoconObject root = new HoconObject(merged, ROOT, findings);
        General general = HoconGeneral.read(root.object("general"), environment);
        Optional<Sync> sync = Optional.empty();
        if (own.hasPath(ROOT + ".sync") && root.has("sync")) {
            sync = Optional.ofNullable(HoconSync.read(root.object("sync"), own.getConfig(ROOT + ".sync"), environment));
        }
        Optional<Stats> stats = Optional.empty();
        if (own.hasPath(ROOT + ".stats") && root.has("stats")) {
            stats = Optional.of(HoconGeneral.stats(root.object("stats"), general));
        }
        Helpers helpers = HoconGeneral.helpers(root.object("helpers"));
        Metrics metrics = HoconGeneral.metrics(root.object("metrics"));
        root.has("sync");
        root.has("stats");
        root.done();
        if (own.hasPath(ROOT + ".sync") && own.hasPath(ROOT + ".stats")) {
            findings.error(own.getValue(ROOT + ".stats").origin(), "stats",
                "cannot use both `Stats' and `Sync' clauses in conntrackd.conf");
        }
        findings.throwIfAny();
        DaemonConfig config = new DaemonConfig(general, sync, stats, helpers, metrics);
        return new ConfigResult(config, findings.warnings(), List.of(), Set.of());
    }

    /** The library needs minutes for some thousands of substitutions that refer to each other. */
    private void requireFewSubstitutions(byte[] bytes) throws ConfigException {
        int count = 0;
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == '{' && bytes[i - 1] == '$' && ++count > MOST_SUBSTITUTIONS) {
                throw new ConfigException(Diagnostic.general(Severity.ERROR, file,
                    "more than " + MOST_SUBSTITUTIONS + " substitutions"));
            }
        }
    }

    private void requireUtf8(byte[] bytes) throws ConfigException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new ConfigException(Diagnostic.general(Severity.ERROR, file, "this is not UTF-8"));
        }
    }

    private ConfigException syntaxError(com.typesafe.config.ConfigException e) {
        int line = e.origin() == null ? 0 : Math.max(0, e.origin().lineNumber());
        String named = e.origin() == null || e.origin().filename() == null ? file : e.origin().filename();
        String prefix = e.origin() == null ? "" : e.origin().description() + ": ";
        String message = e.getMessage().startsWith(prefix) ? e.getMessage().substring(prefix.length()) : e.getMessage();
        return new ConfigException(new Diagnostic(Severity.ERROR, named, line, 0, "",
            message.length() > 500 ? message.substring(0, 500) + "..." : message, Optional.empty(), "", message));
    }
}
