/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.control.client.ParsedCommand.Kind;

/**
 * Compares with the C program: what it sends to a socket, prints and returns. A lock file that exists keeps it from
 * ever becoming a daemon.
 */
class CommandLineIT {
    private static final String PROGRAM = "/usr/sbin/conntrackd";
    private static final String[] ODD = {
        "-c", "-c e", "-c _", "-c expectx", "-i -x", "-x -i", "-i exp -x -x", "-e -n -x", "-f", "-f i", "-f x", "-F x",
        "-R nt", "-s m", "-s _", "-s N", "-s networkx", "-s network network", "-nfoo", "foo", "xn", "-", "-n _", "n",
        "-d", "-d -d", "-d -k", "-k -d", "-d -x", "-i -x -d", "-d -z", "-d -s foo", "-s foo -d", "-d -v", "-d -h",
        "-n -C", "-C", "-n -C missing", "-C", "--", "--helpme", "--statu", "-i xC CONF", "-s q -v", "-h -z", ""};
    private static final String[] WORDS = {
        "-c", "-i", "-e", "-x", "-x", "-f", "-F", "-R", "-s", "-n", "-B", "-t", "-k", "-d", "-v", "-h", "-z", "ct",
        "expect", "e", "i", "internal", "external", "cache", "r", "rs", "multi", "queue", "xn", "xx", "-", "q"};

    @TempDir
    private Path folder;
    private Path config;
    private RecordingSocket daemon;

    /** What can be seen of a run. */
    private record Outcome(int exitCode, List<Integer> requests, String out, String err) {
    }

    @BeforeEach
    void setUp() throws IOException {
        Path lock = Files.createFile(folder.resolve("lock"));
        daemon = new RecordingSocket(folder.resolve("ctl"));
        config = folder.resolve("conf");
        Files.writeString(config, "Stats {\n}\nGeneral {\n  LockFile " + lock + "\n  UNIX {\n    Path "
            + daemon.path() + "\n  }\n  Systemd off\n}\n");
    }

    @AfterEach
    void tearDown() throws IOException {
        daemon.close();
    }

    private String[] arguments(String line) {
        List<String> arguments = new ArrayList<>(List.of("-C", config.toString()));
        for (String word : line.isEmpty() ? new String[0] : line.split(" ")) {
            arguments.add(word.equals("_") ? "" : word.equals("CONF") ? config.toString() : word);
        }
        return arguments.toArray(String[]::new);
    }

    private static String mask(String text) {
        return text.replaceAll("(?m)^\\[[A-Z][^]]*\\] \\(pid=\\d+\\)", "@")
            .replace(" (Statelink " + ProductVersion.STATELINK + ")", "")
            .replace("Licensed under Apache-2.0.", "Licensed under GPLv2.")
            .replaceAll("(?m)^\\(C\\) .*$", "(C)")
            .replaceAll("(?s)(Configuration|Takeover and monitoring) commands:\n.*?\n\n", "")
            .replace("Usage: " + PROGRAM + ' ', "Usage: conntrackd ");
    }

    private Outcome runC(String[] arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int exitCode = process.waitFor();
        return new Outcome(exitCode, daemon.take(), mask(Files.readString(out)), mask(Files.readString(err)));
    }

    private Outcome runOurs(String[] arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        ParsedCommand command = CommandLine.parse(arguments);
        command.print(toOut, toErr);
        int exitCode = finish(command, toOut, toErr);
        return new Outcome(exitCode, daemon.take(), mask(out.toString(StandardCharsets.UTF_8)),
            mask(err.toString(StandardCharsets.UTF_8)));
    }

    /** Stands in for the launcher. */
    private int finish(ParsedCommand command, PrintStream out, PrintStream err) {
        if (command.kind() == Kind.EXIT) {
            return command.exitCode();
        }
        if (!Files.exists(Path.of(command.configFile()))) {
            ConsoleLog.error(err, "can't open config file `" + command.configFile() + "'");
            return 1;
        }
        if (command.kind() == Kind.CLIENT) {
            return ClientRun.run(command, daemon.path(), out, err);
        }
        if (command.kind() == Kind.CONSOLE) {
            ConsoleLog.error(err, "lockfile `" + folder.resolve("lock")
                + "' exists, perhaps conntrackd already running?");
        }
        return 1;
    }

    @Test
    void shouldBehaveAsConntrackdOnOddCommandLines() throws Exception {
        for (String line : ODD) {
            String[] arguments = arguments(line);
            assertThat(runOurs(arguments)).as(line).isEqualTo(runC(arguments));
        }
    }

    @Test
    void shouldBehaveAsConntrackdOnRandomCommandLines() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CommandLineIT seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder line = new StringBuilder();
            for (int words = 1 + random.nextInt(4); words > 0; words--) {
                line.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            String[] arguments = arguments(line.toString());
            assertThat(runOurs(arguments)).as("seed " + seed + ": " + line).isEqualTo(runC(arguments));
        }
    }

    @Test
    void shouldSayThatThereIsNoDaemonAsConntrackdDoes() throws Exception {
        daemon.close();
        String[] arguments = arguments("-s");
        Outcome outcome = runOurs(arguments);
        assertThat(outcome).isEqualTo(runC(arguments));
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldCutLongPathsAsConntrackdDoes() throws Exception {
        for (int length : new int[] {4095, 4096, 4097, 5000}) {
            String[] arguments = {"-C", "/".concat("a".repeat(length - 1)), "-n"};
            assertThat(runOurs(arguments)).as(length + " characters").isEqualTo(runC(arguments));
        }
    }
}
