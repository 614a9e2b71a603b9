/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of systemd to which a service tells how it is. What is told is kept, one message right after the other. */
public final class NotifySocket implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path path;
    private final Path received;
    private final Process listener;

    private NotifySocket(Path path, Path received, Process listener) {
        this.path = path;
        this.received = received;
        this.listener = listener;
    }

    /** Listens at the path; what is told is kept beside it. */
    public static NotifySocket open(Path path) throws IOException {
        Path received = path.resolveSibling(path.getFileName() + ".received");
        Process listener = new ProcessBuilder("socat", "-u", "UNIX-RECV:" + path, "OPEN:" + received + ",creat,append")
            .start();
        Eventually.within(LIMIT, () -> assertThat(path).exists());
        return new NotifySocket(path, received, listener);
    }

    /** The command as systemd runs it: the watchdog is meant for the process that it starts. */
    public String[] withWatchdog(Duration interval, String... command) {
        List<String> all = new ArrayList<>(List.of("env", "NOTIFY_SOCKET=" + path,
            "WATCHDOG_USEC=" + interval.toNanos() / 1000, "sh", "-c", "WATCHDOG_PID=$$ exec \"$0\" \"$@\""));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    /** All that was told so far. */
    public String received() throws IOException {
        return Files.exists(received) ? Files.readString(received) : "";
    }

    @Override
    public void close() {
        listener.destroyForcibly();
    }
}
