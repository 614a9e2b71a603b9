/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A program in a namespace that is talked to line by line. It ends with its namespace. */
public final class Script {
    private static final Path DIRECTORY = Path.of("src/test/resources").toAbsolutePath();

    private final String name;
    private final Writer input;
    private final BufferedReader output;

    private Script(String name, Process process) {
        this.name = name;
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one of the tests' Python programs. */
    public static Script start(Namespace namespace, String name, String... arguments) {
        List<String> command = new ArrayList<>(namespace.inside("python3", DIRECTORY.resolve(name).toString()));
        command.addAll(List.of(arguments));
        try {
            return new Script(name, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends an empty line: it goes on. */
    public void goOn() {
        try {
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that it says, or null if it has ended. */
    public String line() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says a line, which has to be this one. */
    public void expect(String line) {
        assertThat(line()).as(name).isEqualTo(line);
    }
}
