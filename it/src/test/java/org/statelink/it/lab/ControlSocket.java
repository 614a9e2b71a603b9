/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A control client inside the test: a request costs no process. */
public final class ControlSocket {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Opener opener;

    /** One whose connections are made in this way. */
    public ControlSocket(Opener opener) {
        this.opener = opener;
    }

    static ControlSocket at(Path path) {
        return new ControlSocket(() -> SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    /** Opens a connection. */
    @FunctionalInterface
    public interface Opener {
        /** Returns a blocking one, which the caller closes. */
        ByteChannel open() throws IOException;
    }

    /** Sends a request and returns all of the answer; fails if the daemon does not close the connection in a minute. */
    public String ask(Request request) throws IOException {
        try (ByteChannel channel = opener.open()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> exchange(channel, request),
                task -> Thread.ofVirtual().start(task));
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(request + " got no answer within " + LIMIT, e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String exchange(ByteChannel channel, Request request) {
        try {
            ByteBuffer number = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
            channel.write(number.putInt(request.number()).flip());
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The requests that the tests send themselves, with their numbers on the socket. */
    public enum Request {
        DUMP_INTERNAL(16), DUMP_EXTERNAL(17), COMMIT(18), STATS(21), REQUEST_DUMP(23), STATS_NETWORK(28),
        STATS_CACHE(29), STATS_RUNTIME(30), STATS_LINK(31), STATS_RSQUEUE(32), STATS_QUEUE(36),
        EXP_DUMP_INTERNAL(40), EXP_DUMP_EXTERNAL(41),
        PROMOTE(0x534c0002);

        private final int number;

        Request(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        /** Whether it makes the daemon do something, and does not just ask. */
        boolean isOrder() {
            return this == COMMIT || this == REQUEST_DUMP || this == PROMOTE;
        }
    }
}
