/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;

/** A dump that a channel has begun and not read to its end. */
final class KernelDump {
    final int sequence;
    final int flags;
    private final Iterator<Item> items;

    /** Writes one entry of the table as it is by then; nothing if it is gone. */
    @FunctionalInterface
    interface Item {
        void write(ByteBuf out, int flags, int portId);
    }

    /** The flags are those that its answers have beside {@code NLM_F_MULTI}. */
    KernelDump(int sequence, int flags, Iterator<Item> items) {
        this.sequence = sequence;
        this.flags = flags;
        this.items = items;
    }

    boolean isAtEnd() {
        return !items.hasNext();
    }

    Item next() {
        return items.next();
    }
}
