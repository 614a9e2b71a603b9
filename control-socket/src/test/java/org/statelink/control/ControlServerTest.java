/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.control.client.ControlClient;

class ControlServerTest {
    private static final ControlService PENDING = (request, reply) -> { };

    @TempDir
    private Path folder;
    private Path socket;

    @BeforeEach
    void setUp() {
        socket = folder.resolve("ctl");
    }

    private static void answer(ControlRequest request, ControlReply reply) {
        reply.write("answer to ");
        reply.write(request + ": Ω\n");
        reply.finish();
    }

    private String ask(int number) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ControlClient.send(socket, number, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldAnswerEveryRequest() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, ControlServerTest::answer)) {
            for (ControlRequest request : ControlRequest.values()) {
                assertThat(ask(request.number())).isEqualTo("answer to " + request + ": Ω\n");
            }
            assertThat(fixture.asked).containsExactly(ControlRequest.values());
            assertThat(fixture.server.counters().requests()).isEqualTo(ControlRequest.values().length);
        }
    }

    @Test
    void shouldSayNothingToUnknownNumbers() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, ControlServerTest::answer)) {
            for (int number : new int[] {-1, 2, 15, 49, Integer.MIN_VALUE}) {
                assertThat(ask(number)).isEmpty();
            }
            assertThat(fixture.asked).isEmpty();
            assertThat(fixture.server.counters().unknownRequests()).isEqualTo(5);
        }
    }

    @Test
    void shouldGatherARequestThatComesInPieces() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, ControlServerTest::answer);
                TestClient client = fixture.client()) {
            for (byte part : TestClient.encode(ControlRequest.STATS.number())) {
                client.send(part);
            }
            assertThat(client.readToEnd()).startsWith("answer to STATS");
        }
    }

    @Test
    void shouldIgnoreWhatFollowsTheRequest() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, PENDING); TestClient client = fixture.client()) {
            client.ask(ControlRequest.STATS).send(new byte[500_000]);
            fixture.reply().finish();
            assertThat(client.readToEnd()).isEmpty();
            assertThat(fixture.asked).containsExactly(ControlRequest.STATS);
        }
    }

    @Test
    void shouldCountClientsThatEndBeforeTheyHaveAsked() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, ControlServerTest::answer)) {
            fixture.client().close();
            fixture.client().send((byte) 21, (byte) 0).close();
            try (TestClient client = fixture.client()) {
                assertThat(client.send((byte) 21).endSending().readToEnd()).isEmpty();
            }
            Await.until("all counted", () -> fixture.server.counters().readFailed() == 3);
            assertThat(fixture.asked).isEmpty();
        }
    }

    @Test
    void shouldSendAwayASilentClientAndServeOthersMeanwhile() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, ServerFixture.QUICK, ControlServerTest::answer);
                TestClient silent = fixture.client(); TestClient halfSilent = fixture.client()) {
            halfSilent.send((byte) 21, (byte) 0, (byte) 0);
            assertThat(ask(21)).startsWith("answer");
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(halfSilent.readToEnd()).isEmpty();
            Await.until("both counted", () -> fixture.server.counters().readFailed() == 2);
            assertThat(fixture.server.counters().timedOut()).isEqualTo(2);
        }
    }

    @Test
    void shouldNotTimeOutAClientThatWaitsForAnAnswer() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, ServerFixture.QUICK, PENDING);
                TestClient silent = fixture.client(); TestClient client = fixture.client()) {
            client.ask(ControlRequest.ALL_COMMIT);
            ControlReply reply = fixture.reply();
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(silent.read(1)).isEqualTo(-1);
            reply.finish();
            assertThat(client.readToEnd()).isEmpty();
            assertThat(fixture.server.counters().timedOut()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerAClientThatHasEndedSending() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, PENDING); TestClient client = fixture.client()) {
            client.ask(ControlRequest.STATS).endSending();
            ControlReply reply = fixture.reply();
            fixture.group.next().submit(() -> { }).awaitUninterruptibly();
            assertThat(reply.isClosed()).isFalse();
            reply.write("late");
            reply.finish();
            assertThat(client.readToEnd()).isEqualTo("late");
        }
    }

    @Test
    void shouldNoticeThatAClientHasGone() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, PENDING)) {
            TestClient client = fixture.client().ask(ControlRequest.ALL_COMMIT);
            ControlReply reply = fixture.reply();
            client.close();
            Await.until("closed", reply::isClosed);
            assertThat(reply.isWritable()).isFalse();
            reply.write("into the void");
            reply.finish();
        }
    }

    @Test
    void shouldNoticeThatAClientHasGoneAfterItEndedSending() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, PENDING)) {
            TestClient client = fixture.client().ask(ControlRequest.ALL_COMMIT).endSending();
            ControlReply reply = fixture.reply();
            client.close();
            Await.until("closed", reply::isClosed);
        }
    }

    @Test
    void shouldEndTheReplyOfAFailingService() throws IOException {
        try (ServerFixture fixture = new ServerFixture(socket, (request, reply) -> {
            reply.write("so far");
            throw new IllegalStateException("as the test wants it");
        })) {
            assertThat(ask(21)).isEqualTo("so far");
            assertThat(fixture.asked).hasSize(1);
        }
    }

    @Test
    void shouldKeepFurtherClientsWaiting() throws IOException {
        ControlServerOptions two = new ControlServerOptions(2, Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (ServerFixture fixture = new ServerFixture(socket, two, PENDING)) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(fixture.client().ask(ControlRequest.ALL_COMMIT));
            }
            for (int served = 0; served < 5; served += 2) {
                int expected = Math.min(5, served + 2);
                Await.until("clients", () -> fixture.replies.size() >= expected);
                fixture.group.next().submit(() -> { }).awaitUninterruptibly();
                assertThat(fixture.replies).hasSize(expected);
                fixture.replies.forEach(ControlReply::finish);
            }
            for (TestClient client : clients) {
                assertThat(client.readToEnd()).isEmpty();
                client.close();
            }
        }
    }

    @Test
    void shouldEndRepliesAndConnectionsWhenItCloses() throws IOException {
        ServerFixture fixture = new ServerFixture(socket, PENDING);
        try (TestClient silent = fixture.client(); TestClient client = fixture.client()) {
            client.ask(ControlRequest.KILL);
            fixture.reply().write("bye");
            fixture.server.close();
            assertThat(socket).doesNotExist();
            assertThat(client.readToEnd()).isEqualTo("bye");
            assertThat(silent.readToEnd()).isEmpty();
        } finally {
            fixture.close();
        }
    }

    @Test
    void shouldCloseFromWithinARequest() throws IOException {
        ServerFixture[] fixture = new ServerFixture[1];
        fixture[0] = new ServerFixture(socket, (request, reply) -> fixture[0].server.close());
        try (TestClient client = fixture[0].client()) {
            assertThat(client.ask(ControlRequest.KILL).readToEnd()).isEmpty();
            assertThat(socket).doesNotExist();
        } finally {
            fixture[0].close();
        }
    }
}
