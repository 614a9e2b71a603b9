/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, within a limit. */
public final class Commands {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Commands() {
    }

    /** What a program left: its exit status and its output. */
    public record Result(int status, String output, String errors) {
    }

    /** Runs a program and returns what it left, whatever its exit status. */
    public static Result run(String... command) {
        return run(List.of(command), "");
    }

    /** Runs a program that has to succeed, and returns its output. */
    public static String expect(String... command) {
        return expect(List.of(command), "");
    }

    static String expect(List<String> command, String input) {
        Result result = run(command, input);
        if (result.status() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": exit " + result.status() + ": "
                + result.errors() + result.output());
        }
        return result.output();
    }

    static Result run(List<String> command, String input) {
        return run(command, input, LIMIT);
    }

    /** Runs a program with something to read and its own limit, and returns what it left. */
    public static Result run(List<String> command, String input, Duration limit) {
        try {
            Path output = Files.createTempFile("it-", ".out");
            Path errors = Files.createTempFile("it-", ".err");
            try {
                int status = status(command, input, limit, output, errors);
                return new Result(status, text(output), text(errors));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(List<String> command, String input, Duration limit, Path output, Path errors)
            throws IOException {
        Process process = new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it ended without reading all of it; its exit status says why
        }
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running after " + limit + ": " + String.join(" ", command));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Output as text; bytes that are none show as replacement characters. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
