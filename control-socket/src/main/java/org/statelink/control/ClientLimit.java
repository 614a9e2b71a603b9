/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops accepting while as many clients are served as may be; the others wait in the kernel's queue. To refuse them
 * would look like an empty answer, which a client takes for success. Sits on the listening channel; server and
 * clients are on one loop.
 */
public final class ClientLimit extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClientLimit.class);

    private final int maxClients;
    private final Set<Channel> clients = new HashSet<>();

    /** So many clients at a time. */
    public ClientLimit(int maxClients) {
        this.maxClients = maxClients;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel client = (Channel) accepted;
        clients.add(client);
        adjust(ctx.channel());
        client.closeFuture().addListener(closed -> remove(ctx.channel(), client));
        ctx.fireChannelRead(accepted);
    }

    private void remove(Channel server, Channel client) {
        clients.remove(client);
        adjust(server);
    }

    private void adjust(Channel server) {
        server.config().setAutoRead(clients.size() < maxClients);
    }

    /** Tells all clients that the server closes; called on the loop. */
    void serverCloses() {
        for (Channel client : List.copyOf(clients)) {
            client.pipeline().fireUserEventTriggered(ControlRequestHandler.SERVER_CLOSES);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOGGER.warn("could not accept a client: {}", cause.getMessage());
        ctx.fireExceptionCaught(cause);
    }
}
