/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Either half of a link that is not there. */
final class MissingHalf implements LinkOutput, LinkInput {
    private final boolean stream;
    private Listener listener;

    MissingHalf(boolean stream) {
        this.stream = stream;
    }

    @Override
    public void attach(Listener toListener) {
        listener = toListener;
    }

    @Override
    public boolean isStream() {
        return stream;
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void send(ByteBuf packet) {
        packet.release();
        listener.failed();
    }

    @Override
    public boolean isOwn(InetSocketAddress sender) {
        return false;
    }

    @Override
    public void setReceiving(boolean receiving) {
        // it never receives
    }

    @Override
    public void close() {
        // it was never open
    }
}
