/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.statelink.sync.protocol.SyncMessage;

/** Keeps a copy of each message. */
final class Received implements MessageSplitter.Listener {
    final List<Copy> messages = new ArrayList<>();

    record Copy(int type, int flags, int length, int sequence, int from, int to, String body,
                InetSocketAddress sender) {
    }

    @Override
    public void onMessage(SyncMessage message) {
        messages.add(new Copy(message.type(), message.flags(), message.length(), message.sequence(), message.from(),
            message.to(), ByteBufUtil.hexDump(message.body()), message.sender()));
    }

    List<Integer> sequences() {
        return messages.stream().map(Copy::sequence).toList();
    }
}
