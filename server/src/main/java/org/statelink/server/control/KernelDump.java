/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.control.ControlReply;
import org.statelink.server.kernel.KernelView;

/**
 * Writes the kernel's table to one client, where there is no internal cache: the kernel loop reads and formats, and
 * pauses while the client reads.
 */
final class KernelDump {
    private static final int PAGE_CHARS = 32 * 1024;

    private final KernelView view;
    private final EventLoop controlLoop;
    private final ControlReply reply;
    private final DumpStyle style;
    private final EntryList list;
    private final StringBuilder text = new StringBuilder();
    private ConntrackClient client;
    private boolean clientReads;

    KernelDump(KernelView view, EventLoop controlLoop, DumpStyle style, ControlReply reply) {
        this.view = view;
        this.controlLoop = controlLoop;
        this.style = style;
        list = style.newList();
        this.reply = reply;
    }

    /** Any thread. */
    void start() {
        view.open().addListener((Future<ConntrackClient> opened) -> {
            if (opened.isSuccess()) {
                client = opened.getNow();
                client.dump(0, this::append).addListener(dump -> end());
            } else {
                reply.finish();
            }
        });
    }

    private void append(Conntrack flow) {
        if (!view.shows(flow)) {
            return;
        }
        list.next(text);
        FlowLines.LINES.append(text, flow, style);
        if (text.length() >= PAGE_CHARS && !clientReads) {
            clientReads = true;
            client.pause();
            String page = takeText();
            controlLoop.execute(() -> {
                reply.write(page);
                reply.onWritable(this::clientHasRead);
            });
        }
    }

    private String takeText() {
        String page = text.toString();
        text.setLength(0);
        return page;
    }

    /** On the control loop. */
    private void clientHasRead() {
        client.channel().eventLoop().execute(() -> {
            clientReads = false;
            if (reply.isClosed()) {
                client.close();
            } else {
                client.resume();
            }
        });
    }

    private void end() {
        client.close();
        list.end(text);
        String rest = takeText();
        controlLoop.execute(() -> {
            reply.write(rest);
            reply.finish();
        });
    }
}
