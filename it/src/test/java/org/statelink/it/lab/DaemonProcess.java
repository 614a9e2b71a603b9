/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process as the system shows it, {@code proc(5)}. */
public record DaemonProcess(String pid) {
    private static final int SESSION = 3;
    private static final String PEAK = "5";

    /** What {@code pgrep} compares. */
    public String name() {
        return read("comm").strip();
    }

    /** Its arguments, with a blank between them. */
    public String commandLine() {
        return read("cmdline").replace('\0', ' ');
    }

    /** The leader of its session. */
    public String session() {
        String stat = read("stat");
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[SESSION];
    }

    /** Where standard input, output and error lead. */
    public List<String> standardStreams() {
        return Stream.of("fd/0", "fd/1", "fd/2").map(this::target).toList();
    }

    public String workingDirectory() {
        return target("cwd");
    }

    /** The memory that it occupies, in KiB. */
    public long memory() {
        return Controlled.number(read("status"), "VmRSS:\\s+(\\d+) kB");
    }

    /** The most memory that it occupied since {@link #forgetPeak}, in KiB. */
    public long peakMemory() {
        return Controlled.number(read("status"), "VmHWM:\\s+(\\d+) kB");
    }

    /** From now on the peak is counted anew. */
    public void forgetPeak() {
        try {
            Files.writeString(file("clear_refs"), PEAK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String target(String link) {
        try {
            return Files.readSymbolicLink(file(link)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(file(name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return Path.of("/proc", pid, name);
    }
}
