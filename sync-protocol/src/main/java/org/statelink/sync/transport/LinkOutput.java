/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** The half of a link that sends. A transport makes it, the {@link SyncLink} uses it, on the state loop. */
public interface LinkOutput {
    /** Is told what became of what was sent. Called on the state loop. */
    interface Listener {
        /** A packet of so many bytes went out. */
        void sent(int bytes);

        /** A send failed; whether the packet is lost is up to the transport. */
        void failed();

        /** The output takes more again. */
        void writable();
    }

    /** Called once, by the link, before anything is sent. */
    void attach(Listener listener);

    /** Whether the receiver gets a stream, in which messages are found by their lengths alone. */
    boolean isStream();

    /** Whether it reaches the peer as far as can be told; where there are no connections it always does. */
    boolean isConnected();

    /** Whether the output takes more now. One that has no hope takes it, and loses it. */
    boolean isWritable();

    /** Sends one packet. Releases the buffer, at once or when it went out. */
    void send(ByteBuf packet);

    /** Whether a packet that came from this address was sent by this output. */
    boolean isOwn(InetSocketAddress sender);

    /** Packets that wait for the peer. */
    default int queueLength() {
        return 0;
    }

    /** Most packets that may wait; 0 where none does. */
    default int queueCapacity() {
        return 0;
    }

    /** Packets lost because too many waited. */
    default long queueDrops() {
        return 0;
    }

    /** Sends nothing any more; what waits is lost. */
    void close();
}
