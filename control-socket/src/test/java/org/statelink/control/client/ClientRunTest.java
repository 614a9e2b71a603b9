/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRunTest {
    @TempDir
    private Path folder;
    private Path socket;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void setUp() {
        socket = folder.resolve("ctl");
    }

    private int run(String... arguments) {
        return ClientRun.run(CommandLine.parse(arguments), socket, out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Serves one client: reads so many bytes, sends the answer and closes. */
    private Thread serve(int length, String answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return Thread.ofPlatform().start(() -> {
            try (server; SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(length);
                int read;
                do {
                    read = client.read(request);
                } while (read > 0 && request.hasRemaining());
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void shouldPrintTheAnswer() throws Exception {
        Thread server = serve(4, "some text without an end");
        assertThat(run("-s")).isZero();
        assertThat(out).hasToString("some text without an end");
        assertThat(err.size()).isZero();
        server.join();
    }

    @Test
    void shouldTakeABrokenConnectionForTheEnd() throws Exception {
        Thread server = serve(0, "abc");
        assertThat(run("-n")).isZero();
        assertThat(err.size()).isZero();
        server.join();
    }

    @ParameterizedTest
    @CsvSource({"reloaded,0", "not reloaded: file:1: no,1", "'',1"})
    void shouldTellWhetherTheDaemonReloaded(String answer, int exitCode) throws Exception {
        Thread server = serve(4, answer);
        assertThat(run("--reload")).isEqualTo(exitCode);
        assertThat(out).hasToString(answer);
        assertThat(err.toString(StandardCharsets.UTF_8).isEmpty()).isEqualTo(!answer.isEmpty());
        server.join();
    }

    @ParameterizedTest
    @CsvSource({"--promote,promoted: 7 flows,0", "--promote,not so,1", "--demote,demoted: x,0",
        "--status,health ok,0"})
    void shouldTellWhetherTheDaemonDidIt(String command, String answer, int exitCode) throws Exception {
        Thread server = serve(4, answer);
        assertThat(run(command)).isEqualTo(exitCode);
        assertThat(out).hasToString(answer);
        assertThat(err.size()).isZero();
        server.join();
    }

    @Test
    void shouldSayThatTheDaemonDoesNotKnowTheCommand() throws Exception {
        Thread server = serve(4, "");
        assertThat(run("-i", "-o", "json")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
            .endsWith(") [ERROR] the running daemon does not know this command; restart it\n");
        server.join();
    }

    @Test
    void shouldSayThatThereIsNoDaemonToReload() {
        assertThat(run("--reload")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[ERROR] can't connect");
    }

    @Test
    void shouldSayThatThereIsNoDaemon() {
        assertThat(run("-s")).isEqualTo(1);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
            .endsWith(") [ERROR] can't connect: is conntrackd running? appropriate permissions?\n");
    }

    @Test
    void shouldGoOnWhenTheOutputIsClosed() throws Exception {
        Thread server = serve(4, "text");
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(ClientRun.run(CommandLine.parse(new String[] {"-s"}), socket, broken, System.err)).isZero();
        server.join();
    }

    @Test
    void shouldNeedNothingButTheJdk() throws Exception {
        List<Class<?>> own = List.of(CommandLine.class);
        URL classes = own.get(0).getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone =
                new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> commandLine = alone.loadClass(CommandLine.class.getName());
            Object command = commandLine.getMethod("parse", String[].class)
                .invoke(null, (Object) new String[] {"-s", "runtime"});
            Method run = alone.loadClass(ClientRun.class.getName())
                .getMethod("run", command.getClass(), Path.class, OutputStream.class, PrintStream.class);
            Thread server = serve(4, "answer");
            assertThat(run.invoke(null, command, socket, out, System.err)).isEqualTo(0);
            assertThat(out).hasToString("answer");
            server.join();
        }
    }
}
