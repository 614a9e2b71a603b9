/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlReplyTest {
    private static final long TOTAL = 50L << 20;
    /** What may be under way at a time: the reply's own limits, a page, and the kernel's buffer. */
    private static final long MAX_UNDER_WAY = 2 << 20;
    private static final String PAGE = "0123456789abcdef".repeat(1024);

    @TempDir
    private Path folder;
    private Path socket;

    @BeforeEach
    void setUp() {
        socket = folder.resolve("ctl");
    }

    /** Writes pages while it may, then waits for the client. */
    private static final class Pager implements Runnable {
        final AtomicLong written = new AtomicLong();
        final AtomicInteger pauses = new AtomicInteger();
        final AtomicBoolean stopped = new AtomicBoolean();
        final ControlReply reply;
        final ExecutorService executor;

        Pager(ControlReply reply, ExecutorService executor) {
            this.reply = reply;
            this.executor = executor;
        }

        @Override
        public void run() {
            while (written.get() < TOTAL && reply.isWritable()) {
                reply.write(PAGE);
                written.addAndGet(PAGE.length());
            }
            if (written.get() >= TOTAL) {
                reply.finish();
            } else if (reply.isClosed()) {
                stopped.set(true);
            } else {
                pauses.incrementAndGet();
                reply.onWritable(executor == null ? this : () -> executor.execute(this));
            }
        }
    }

    private void shouldGoAtTheReadersPace(ExecutorService executor) throws IOException {
        Pager[] pager = new Pager[1];
        try (ServerFixture fixture = new ServerFixture(socket, (request, reply) -> {
            pager[0] = new Pager(reply, executor);
            if (executor == null) {
                pager[0].run();
            } else {
                executor.execute(pager[0]);
            }
        }); TestClient client = fixture.client()) {
            client.ask(ControlRequest.CT_DUMP_INTERNAL);
            Await.until("a pause", () -> pager[0] != null && pager[0].pauses.get() > 0);
            assertThat(pager[0].written.get()).isLessThan(MAX_UNDER_WAY);
            long read = 0;
            for (int n = 0; n >= 0; n = client.read(100_000)) {
                read += n;
                assertThat(pager[0].written.get() - read).isLessThan(MAX_UNDER_WAY);
            }
            assertThat(read).isEqualTo(TOTAL);
        }
    }

    @Test
    void shouldPauseAWriterOnTheLoopUntilTheClientReads() throws IOException {
        shouldGoAtTheReadersPace(null);
    }

    @Test
    void shouldPauseAWriterOnAnotherThreadUntilTheClientReads() throws IOException {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            shouldGoAtTheReadersPace(executor);
        }
    }

    @Test
    void shouldStopAWriterWhoseClientHasGone() throws IOException {
        Pager[] pager = new Pager[1];
        try (ServerFixture fixture = new ServerFixture(socket, (request, reply) -> {
            pager[0] = new Pager(reply, null);
            pager[0].run();
        })) {
            TestClient client = fixture.client().ask(ControlRequest.CT_DUMP_INTERNAL);
            Await.until("a pause", () -> pager[0] != null && pager[0].pauses.get() > 0);
            client.close();
            Await.until("the pager told", pager[0].stopped::get);
        }
    }

    @Test
    void shouldGiveUpAClientThatReadsNothing() throws IOException {
        Pager[] pager = new Pager[1];
        ControlServerOptions options =
            new ControlServerOptions(1, Duration.ofSeconds(30), Duration.ofMillis(100));
        try (ServerFixture fixture = new ServerFixture(socket, options, (request, reply) -> {
            pager[0] = new Pager(reply, null);
            pager[0].run();
        }); TestClient client = fixture.client()) {
            client.ask(ControlRequest.CT_DUMP_INTERNAL);
            Await.until("the pager told", () -> pager[0] != null && pager[0].stopped.get());
            assertThat(fixture.server.counters().timedOut()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepTheOrderOfAWriterOnAnotherThread() throws IOException {
        StringBuilder expected = new StringBuilder();
        try (ServerFixture fixture = new ServerFixture(socket, (request, reply) -> { });
                TestClient client = fixture.client()) {
            client.ask(ControlRequest.STATS);
            ControlReply reply = fixture.reply();
            StringBuilder reused = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                reused.setLength(0);
                reused.append("line ").append(i).append('\n');
                expected.append(reused);
                reply.write(reused);
            }
            reply.finish();
            reply.finish();
            reply.write("too late");
            assertThat(client.readToEnd()).isEqualTo(expected.toString());
        }
    }

    @Test
    void shouldRunEveryContinuationOnceWhenTheReplyEnds() throws IOException {
        AtomicInteger runs = new AtomicInteger();
        try (ServerFixture fixture = new ServerFixture(socket, (request, reply) -> { });
                TestClient client = fixture.client()) {
            client.ask(ControlRequest.STATS);
            ControlReply reply = fixture.reply();
            reply.finish();
            for (int i = 0; i < 3; i++) {
                reply.onWritable(runs::incrementAndGet);
            }
            assertThat(client.readToEnd()).isEmpty();
            Await.until("all told", () -> runs.get() == 3);
            assertThat(reply.isClosed()).isTrue();
        }
    }

    @Test
    void shouldEndTheReplyOfAFailingContinuation() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, (request, reply) -> {
            reply.write("begun");
            reply.onWritable(() -> {
                throw new IllegalStateException("as the test wants it");
            });
        }); TestClient client = fixture.client()) {
            assertThat(client.ask(ControlRequest.STATS).readToEnd()).isEqualTo("begun");
        }
    }
}
