/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server on a socket in a folder of the test, and what it was asked. */
final class ServerFixture implements AutoCloseable {
    static final ControlServerOptions QUICK =
        new ControlServerOptions(256, Duration.ofMillis(200), Duration.ofMillis(200));

    final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    final List<ControlRequest> asked = new CopyOnWriteArrayList<>();
    final List<ControlReply> replies = new CopyOnWriteArrayList<>();
    final ControlServer server;

    ServerFixture(Path socket, ControlServerOptions options, ControlService service) throws ControlBindException {
        server = ControlServer.bind(socket, group, (request, reply) -> {
            asked.add(request);
            replies.add(reply);
            service.handle(request, reply);
        }, options);
    }

    ServerFixture(Path socket, ControlService service) throws ControlBindException {
        this(socket, ControlServerOptions.DEFAULT, service);
    }

    /** The reply to the only request, when it has arrived. */
    ControlReply reply() {
        Await.until("a request", () -> !replies.isEmpty());
        return replies.get(0);
    }

    TestClient client() throws IOException {
        return new TestClient(server.path());
    }

    @Override
    public void close() {
        server.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
