/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that are silent, slow or gone are their own problem. */
@Tag("netns")
@Timeout(60)
class ControlSocketIT {
    @RegisterExtension
    final Lab lab = new Lab();

    private Daemon daemon;

    @BeforeEach
    void startDaemon() {
        lab.node1().kernel().create(FlowMix.knownToReference().take(20_000), 0);
        daemon = lab.node1().start(Program.OURS);
    }

    @Test
    void shouldBeOpenToItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.config().socket())))
            .startsWith("rw").endsWith("------");
    }

    @Test
    void shouldAnswerWhileAnotherClientSaysNothing() throws IOException {
        try (SocketChannel silent = connect()) {
            assertThat(silent.isConnected()).isTrue();
            expectAnswer();
        }
    }

    @Test
    void shouldAnswerWhileAnotherClientDoesNotRead() throws IOException {
        try (SocketChannel slow = connect()) {
            slow.write(request(16));
            expectAnswer();
        }
        expectAnswer();
    }

    @Test
    void shouldSurviveAClientThatHangsUp() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (SocketChannel hasty = connect()) {
                hasty.write(request(16));
            }
            try (SocketChannel mute = connect()) {
                mute.write(request(16).limit(2));
            }
        }
        expectAnswer();
    }

    @Test
    void shouldSayNothingToARequestThatItDoesNotKnow() throws IOException {
        try (SocketChannel stranger = connect()) {
            stranger.write(request(4711));
            assertThat(stranger.read(ByteBuffer.allocate(16))).isEqualTo(-1);
        }
        expectAnswer();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(daemon.config().socket()));
    }

    private static ByteBuffer request(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(number).flip();
    }

    private void expectAnswer() throws IOException {
        assertThat(daemon.ask(Request.STATS)).startsWith("cache internal:");
        assertThat(daemon.internalCache()).hasSize(20_000);
    }
}
