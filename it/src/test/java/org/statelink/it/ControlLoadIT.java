/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.DaemonProcess;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/** However much is asked at the control socket, and however badly, replication goes on and memory stays what it was. */
@Tag("netns")
@Tag("alone")
@Timeout(300)
class ControlLoadIT {
    private static final int CONNECTIONS = Integer.getInteger("statelink.it.dumped", 100_000);
    private static final int CHANGING = 20_000;
    private static final int PER_SECOND = 20_000;
    private static final int SILENT_CLIENTS = 200;
    private static final int STRANGE_REQUESTS = 10_000;
    /** In KiB. */
    private static final long EXTRA_MEMORY = 50 * 1024;
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Commit and commands that stop the daemon or empty its caches are not asked for by chance. */
    private static final int FIRST_HARMLESS = 49;

    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldStreamALargeCacheWhileEventsGoOn() throws Exception {
        lab.start(Program.OURS, Program.OURS);
        Daemon daemon = lab.node1().daemon();
        List<Flow> flows = FlowMix.knownToReference().take(CONNECTIONS);
        lab.node1().kernel().create(flows, 0);
        Eventually.within(SOON, () -> assertThat(lab.node2().daemon().cached("external")).isEqualTo(CONNECTIONS));
        List<Flow> changing = flows.subList(0, CHANGING);
        lab.node1().kernel().update(changing.stream().map(flow -> flow.mark(1)).toList(), PER_SECOND);
        DaemonProcess process = process();
        long before = process.memory();
        process.forgetPeak();

        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> {
            for (int mark = 2; mark < 5; mark++) {
                int value = mark;
                lab.node1().kernel().update(changing.stream().map(flow -> flow.mark(value)).toList(), PER_SECOND);
            }
        });
        int dumps = 0;
        do {
            assertThat(lines(daemon)).isEqualTo(CONNECTIONS);
            dumps++;
        } while (!events.isDone());
        events.join();

        assertThat(process.peakMemory() - before).as("KiB more after %d dumps", dumps).isLessThan(EXTRA_MEMORY);
        assertThat(daemon.counter(Request.STATS_RUNTIME, "netlink overrun")).isZero();
        Eventually.within(SOON, () -> assertSame("the peer's external cache", lab.node2().daemon().externalCache(),
            lab.node1().kernel().flowsAsCached()));
    }

    private DaemonProcess process() {
        return new DaemonProcess(lab.node1().namespace().processes().getFirst());
    }

    /** The lines of {@code -i}, read as they come and not kept. */
    private static int lines(Daemon daemon) throws IOException {
        int lines = 0;
        try (SocketChannel client = connect(daemon)) {
            client.write(request(16));
            ByteBuffer page = ByteBuffer.allocate(64 * 1024);
            while (client.read(page) >= 0) {
                page.flip();
                while (page.hasRemaining()) {
                    lines += page.get() == '\n' ? 1 : 0;
                }
                page.clear();
            }
        }
        return lines;
    }

    private static SocketChannel connect(Daemon daemon) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(daemon.config().socket()));
    }

    private static ByteBuffer request(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(number).flip();
    }

    @Test
    void shouldNotPayForClientsThatDoNotRead() throws IOException {
        lab.node1().kernel().create(FlowMix.knownToReference().take(CHANGING), 0);
        Daemon daemon = lab.node1().start(Program.OURS);
        assertThat(lines(daemon)).isEqualTo(CHANGING);
        DaemonProcess process = process();
        long before = process.memory();
        process.forgetPeak();
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < SILENT_CLIENTS; i++) {
                SocketChannel client = connect(daemon);
                silent.add(client);
                if (i % 2 == 0) {
                    client.write(request(16));
                }
            }
            assertThat(daemon.ask(Request.STATS)).startsWith("cache internal:");
            assertThat(lines(daemon)).isEqualTo(CHANGING);
            assertThat(process.peakMemory() - before).as("KiB more").isLessThan(EXTRA_MEMORY);
        } finally {
            for (SocketChannel client : silent) {
                client.close();
            }
        }
        assertThat(lines(daemon)).isEqualTo(CHANGING);
    }

    @Test
    void shouldAnswerAfterAnyNonsense() throws IOException {
        Daemon daemon = lab.node1().start(Program.OURS);
        lab.node1().kernel().create(FlowMix.knownToReference().take(100), 0);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < STRANGE_REQUESTS; i++) {
            try (SocketChannel client = connect(daemon)) {
                client.write(nonsense(random));
            }
        }
        Eventually.within(SOON, () -> assertThat(lines(daemon)).isEqualTo(100));
        assertThat(daemon.ask(Request.STATS)).startsWith("cache internal:");
        assertThat(daemon.isAlive()).isTrue();
    }

    /** A request that conntrackd does not know, part of one, or one with more behind it than belongs there. */
    private static ByteBuffer nonsense(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int number = random.nextBoolean() ? FIRST_HARMLESS + random.nextInt(1 << 16) : -1 - random.nextInt(1 << 30);
        bytes.writeBytes(request(number).array());
        byte[] rest = new byte[random.nextInt(200)];
        random.nextBytes(rest);
        bytes.writeBytes(rest);
        int length = random.nextInt(4) == 0 ? random.nextInt(4) : bytes.size();
        return ByteBuffer.wrap(bytes.toByteArray(), 0, length);
    }
}
