/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.statelink.control.ControlRequest;
import org.statelink.control.client.ControlClient;

/** Asks the daemons of a test, each by the name of its socket in the folder: {@code a} at {@code a.ctl}. */
final class DaemonClients {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Path directory;

    DaemonClients(Path directory) {
        this.directory = directory;
    }

    /** A UDP port that nobody uses now. */
    static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Sends a request to one of them and returns the answer. */
    String ask(String name, ControlRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ControlClient.send(directory.resolve(name + ".ctl"), request.number(), out);
        } catch (IOException e) {
            throw new AssertionError("no answer from " + name, e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Waits until it is so, at most 20 s; then fails with what {@code name} answers to the requests. */
    void await(BooleanSupplier condition, String name, ControlRequest... told) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(() -> "waited too long:\n" + answers(name, told)).isLessThan(end);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private String answers(String name, ControlRequest... requests) {
        StringBuilder text = new StringBuilder();
        for (ControlRequest request : requests) {
            text.append(ask(name, request));
        }
        return text.toString();
    }
}
