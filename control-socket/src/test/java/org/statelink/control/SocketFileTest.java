/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.control.client.ControlClient;

class SocketFileTest {
    private static final ControlService SERVICE = (request, reply) -> {
        reply.write("here");
        reply.finish();
    };

    @TempDir
    private Path folder;

    private Path ofLength(int length) {
        return folder.resolve("x".repeat(length - folder.toString().length() - 1));
    }

    private static void assertServes(Path socket) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ControlClient.send(socket, 21, out);
        assertThat(out).hasToString("here");
    }

    @Test
    void shouldBeThereForItsOwnerOnlyWhileTheServerLives() throws IOException {
        Path socket = folder.resolve("ctl");
        try (ServerFixture fixture = new ServerFixture(socket, SERVICE)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
            assertThat(folder.toFile().list()).containsExactly("ctl");
            assertServes(fixture.server.path());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldReplaceWhatWasLeftBehind() throws IOException {
        Path socket = folder.resolve("ctl");
        Files.writeString(socket, "stale");
        Files.writeString(folder.resolve("ctl~"), "stale too");
        try (ServerFixture fixture = new ServerFixture(socket, SERVICE)) {
            assertServes(fixture.server.path());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldLeaveTheFileOfASuccessorAlone() throws IOException {
        Path socket = folder.resolve("ctl");
        ServerFixture first = new ServerFixture(socket, SERVICE);
        try (ServerFixture second = new ServerFixture(socket, SERVICE)) {
            first.close();
            assertServes(second.server.path());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldVanishWithItsLoop() throws IOException {
        Path socket = folder.resolve("ctl");
        try (ServerFixture fixture = new ServerFixture(socket, SERVICE)) {
            // without a quiet period the loop may end without closing its channels
            fixture.group.shutdownGracefully(10, 5000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void shouldServeOnTheLongestPath() throws IOException {
        for (int length = 105; length <= SocketFile.MAX_LENGTH; length++) {
            Path socket = ofLength(length);
            try (ServerFixture fixture = new ServerFixture(socket, SERVICE)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
                assertServes(fixture.server.path());
            }
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void shouldRefuseALongerPath() {
        Path socket = ofLength(SocketFile.MAX_LENGTH + 1);
        assertThatThrownBy(() -> new ServerFixture(socket, SERVICE)).isInstanceOf(ControlBindException.class)
            .hasMessage("can't open control socket " + socket + ": path of 108 bytes, at most 107");
    }

    @Test
    void shouldSayWhyItCannotBind() throws IOException {
        Path nowhere = folder.resolve("missing/ctl");
        assertThatThrownBy(() -> new ServerFixture(nowhere, SERVICE)).isInstanceOf(ControlBindException.class)
            .hasMessage("can't open control socket " + nowhere + ": No such file or directory");
        Path directory = Files.createDirectory(folder.resolve("ctl"));
        assertThatThrownBy(() -> new ServerFixture(directory, SERVICE)).isInstanceOf(ControlBindException.class)
            .hasMessage("can't open control socket " + directory + ": Is a directory");
        assertThat(folder.toFile().list()).containsExactly("ctl");
    }
}
