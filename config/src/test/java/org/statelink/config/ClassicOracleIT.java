/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares every verdict with that of the C program, with its texts. */
class ClassicOracleIT {
    private static final int MUTANTS = Integer.getInteger("statelink.test.mutants", 300);
    private static final String NICE_IS_IGNORED = "deprecated nice configuration, ignoring. "
        + "The nice value can be set externally with nice(1) and renice(1).";
    private static final Path EXAMPLES = Path.of("/usr/share/doc/conntrackd/examples");

    @TempDir
    private Path directory;
    private Conntrackd conntrackd;

    @BeforeEach
    void findProgram() {
        assumeTrue(Conntrackd.isPresent(), "conntrackd is not installed");
        conntrackd = new Conntrackd(directory);
    }

    @Test
    void shouldJudgeTheFixturesAsConntrackdDoes() throws Exception {
        for (String name : Fixtures.GOOD) {
            assertThat(judge(Fixtures.classic(name)).accepts()).as(name).isTrue();
            assertThat(disagreement(Fixtures.classic(name))).as(name).isEmpty();
        }
    }

    @Test
    void shouldJudgeThePackagedExamplesAsConntrackdDoes() throws Exception {
        assumeTrue(Files.isDirectory(EXAMPLES), "no packaged examples");
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            for (Path file : files.filter(path -> path.endsWith("conntrackd.conf")).toList()) {
                assertThat(disagreement(Files.readAllBytes(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void shouldJudgeDamagedFilesAsConntrackdDoes() throws Exception {
        long seed = Long.getLong("statelink.test.seed", new Random().nextLong());
        System.out.println("ClassicOracleIT: seed " + seed);
        Mutator mutator = new Mutator(seed);
        int accepted = 0;
        int deviating = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String original = text(Fixtures.classic(Fixtures.GOOD.get(i % Fixtures.GOOD.size())));
            byte[] mutant = mutator.mutate(original).getBytes(StandardCharsets.ISO_8859_1);
            Verdict ours = judge(mutant);
            if (ours.deviations().isEmpty()) {
                assertThat(disagreement(mutant)).as("seed %d, mutant %d:%n%s", seed, i, text(mutant)).isEmpty();
            } else {
                deviating++;
            }
            accepted += ours.accepts() ? 1 : 0;
        }
        System.out.println("ClassicOracleIT: " + MUTANTS + " mutants, " + accepted + " accepted, " + deviating
            + " deliberately judged otherwise");
        assertThat(accepted).isBetween(1, MUTANTS - 1);
        assertThat(deviating).isLessThan(MUTANTS / 10);
    }

    @Test
    void shouldDeviateOnlyWhereItIsListed() throws Exception {
        for (DeviationSamples.Sample sample : DeviationSamples.ALL) {
            byte[] file = sample.text().getBytes(StandardCharsets.ISO_8859_1);
            Verdict ours = judgeFile(file);
            String name = sample.deviation() + ": " + sample.text().substring(0, Math.min(80, sample.text().length()));
            assertThat(ours.deviations()).as(name).contains(sample.deviation());
            assertThat(ours.accepts()).as(name).isEqualTo(sample.accepted());
            assertThat(conntrackd.judge(file).accepts()).as(name).isEqualTo(sample.acceptedByConntrackd());
        }
        assertThat(DeviationSamples.ALL).extracting(DeviationSamples.Sample::deviation)
            .contains(Deviation.values());
    }

    /** What the C program says that we do not, or the reverse; empty if nothing. */
    private String disagreement(byte[] file) throws IOException, InterruptedException {
        Verdict ours = judge(file);
        Conntrackd.Verdict theirs = conntrackd.judge(file);
        if (ours.accepts() == theirs.accepts() && ours.error().equals(theirs.error())
            && ours.warnings().equals(inOurWords(theirs.warnings()))) {
            return "";
        }
        return "ours: " + ours + "\ntheirs: " + theirs;
    }

    /** What conntrackd ignores, and we do not, is told in other words. */
    private static List<String> inOurWords(List<String> warnings) {
        return warnings.stream().map(text -> text.equals(NICE_IS_IGNORED) ? GeneralBlock.NICE_IS_FOLLOWED : text)
            .toList();
    }

    private static Verdict judge(byte[] file) {
        try {
            ConfigResult result = ConfigReader.read(file, "judged.conf", Environment.host());
            return new Verdict(true, "", texts(result.warnings()), result.deviations());
        } catch (ConfigException e) {
            return new Verdict(false, e.classicMessage(), texts(e.warningsBeforeError()), e.deviations());
        }
    }

    private Verdict judgeFile(byte[] file) throws IOException {
        try {
            ConfigResult result = ConfigReader.read(Files.write(directory.resolve("ours.conf"), file));
            return new Verdict(true, "", texts(result.warnings()), result.deviations());
        } catch (ConfigException e) {
            return new Verdict(false, e.classicMessage(), texts(e.warningsBeforeError()), e.deviations());
        }
    }

    private static List<String> texts(List<Diagnostic> warnings) {
        return warnings.stream().map(Diagnostic::classicText).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private record Verdict(boolean accepts, String error, List<String> warnings, Set<Deviation> deviations) {
    }
}
