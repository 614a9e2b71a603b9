/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's own thread that stops all others, to collect garbage for one, and wakes them afterwards. Whoever is woken
 * first, and goes before it, keeps it from waking the rest.
 */
final class VmThread {
    private static final Logger LOG = LoggerFactory.getLogger(VmThread.class);
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final String NAME = "VM Thread";

    private VmThread() {
    }

    /** Sets its nice value, -20 to 19; false where the system does not let it, or the JVM has no such thread. */
    static boolean setNice(int nice) {
        try (Stream<Path> threads = Files.list(THREADS)) {
            return threads.filter(VmThread::isVmThread).mapToInt(VmThread::number)
                .anyMatch(thread -> ThreadScheduling.setNice(thread, nice));
        } catch (IOException e) {
            LOG.debug("cannot list the threads in {}", THREADS, e);
            return false;
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
