/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The JVM's own thread that stops all others, to collect garbage for one, and wakes them afterwards. Whoever is woken
 * first, and goes before it, keeps it from waking the rest.
 */
final class VmThread {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final String NAME = "VM Thread";

    private VmThread() {
    }

    /** Its number to the system, see {@code gettid(2)}. */
    static int id() {
        try (Stream<Path> threads = Files.list(THREADS)) {
            return threads.filter(VmThread::isVmThread).mapToInt(VmThread::number).findFirst().orElseThrow(
                () -> new IllegalStateException("no thread in " + THREADS + " is called " + NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the threads in " + THREADS, e);
        }
    }

    /** Other threads may end meanwhile. */
    private static boolean isVmThread(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(NAME);
        } catch (IOException e) {
            return false;
        }
    }

    private static int number(Path thread) {
        return Integer.parseInt(thread.getFileName().toString());
    }
}
