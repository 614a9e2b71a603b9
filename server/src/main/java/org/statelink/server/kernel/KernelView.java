/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.netlink.NetlinkChannelFactory;

/** The kernel's table as the filter lets it be seen, for modes that keep no copy of it. Any thread. */
public final class KernelView {
    private final NetlinkChannelFactory kernel;
    private final EventLoop loop;
    private final EventFilter filter;

    /** A view whose sockets live on the given loop. */
    public KernelView(NetlinkChannelFactory kernel, EventLoop loop, EventFilter filter) {
        this.kernel = kernel;
        this.loop = loop;
        this.filter = filter;
    }

    /** A socket of the caller's own, on the view's loop, so that one slow reader does not stop another. */
    public Future<ConntrackClient> open() {
        return ConntrackClient.open(kernel, loop);
    }

    /** Whether the flow, as the kernel told it, is to be seen. */
    public boolean shows(Conntrack flow) {
        return filter.accepts(flow);
    }
}
