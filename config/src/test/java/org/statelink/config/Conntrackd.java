/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The C program as a judge of configuration files: asked for statistics, it reads the file and finds no daemon. */
final class Conntrackd {
    private static final Path PROGRAM = Path.of("/usr/sbin/conntrackd");
    private static final String NO_DAEMON = "can't connect";

    private final Path directory;

    Conntrackd(Path directory) {
        this.directory = directory;
    }

    /** What it says: the last error, empty if it accepts, and the warnings before. */
    record Verdict(boolean accepts, String error, List<String> warnings) {
    }

    static boolean isPresent() {
        return Files.isExecutable(PROGRAM);
    }

    Verdict judge(byte[] file) throws IOException, InterruptedException {
        Path path = Files.write(directory.resolve("judged.conf"), file);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(PROGRAM.toString(), "-C", path.toString(), "-s")
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("conntrackd hangs");
        }
        return verdict(Files.readString(output, StandardCharsets.ISO_8859_1), process.exitValue());
    }

    private static Verdict verdict(String output, int exitValue) {
        List<String> warnings = new ArrayList<>();
        String error = "";
        for (String line : output.split("\n")) {
            if (line.contains("[warning] ")) {
                warnings.add(line.substring(line.indexOf("[warning] ") + 10));
            } else if (line.contains("[ERROR] ") && !line.contains(NO_DAEMON)) {
                error = line.substring(line.indexOf("[ERROR] ") + 8);
            }
        }
        boolean crashed = exitValue > 1;
        return new Verdict(error.isEmpty() && !crashed, crashed ? "exit value " + exitValue : error, warnings);
    }
}
