/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.statelink.sync.transport.LinkOutput;

/**
 * Sends packets over whatever connection there is to the peer, one at a time. A packet that a connection did not take
 * to its last byte is sent again whole on the next one; packets that come meanwhile wait in the error queue. For a
 * while without a connection the output is not writable once the queue is half full, so that its user keeps what it
 * has; then it gives up, and what finds the queue full is lost. On the link's loop.
 */
final class TcpOutput implements LinkOutput, TcpConnector.Listener {
    /**
     * Nanoseconds that the user is kept waiting for a peer that is not there. Not for ever: flows that ended take
     * memory until the peer was told.
     */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    private final TcpConnector connector;
    private final ErrorQueue queue;
    private final EventLoop loop;
    private final long patience;
    private LinkOutput.Listener listener;
    private Channel connection;
    private ByteBuf inFlight;
    private int inFlightStart;
    private boolean writing;
    private boolean hopeless;
    private boolean closed;
    private Future<?> givingUp;

    TcpOutput(TcpConnector connector, int queueLength, EventLoop loop, long patience) {
        this.connector = connector;
        queue = new ErrorQueue(queueLength);
        this.loop = loop;
        this.patience = patience;
    }

    /** Begins to connect. */
    void start() {
        giveUpLater();
        connector.start(this);
    }

    @Override
    public void attach(LinkOutput.Listener toListener) {
        listener = toListener;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public boolean isConnected() {
        return connection != null;
    }

    @Override
    public boolean isOwn(InetSocketAddress sender) {
        return false;
    }

    @Override
    public boolean isWritable() {
        boolean idle = connection != null && inFlight == null;
        return idle || hopeless || closed || queue.size() < queue.capacity() / 2;
    }

    @Override
    public int queueLength() {
        return queue.size();
    }

    @Override
    public int queueCapacity() {
        return queue.capacity();
    }

    @Override
    public long queueDrops() {
        return queue.drops();
    }

    @Override
    public void send(ByteBuf packet) {
        if (closed) {
            packet.release();
            listener.failed();
        } else {
            queue.add(packet);
            drain();
        }
    }

    private void drain() {
        while (connection != null && inFlight == null && queue.size() > 0) {
            inFlight = queue.poll();
            inFlightStart = inFlight.readerIndex();
            write();
        }
    }

    private void write() {
        writing = true;
        connection.writeAndFlush(inFlight.retain(), connection.voidPromise());
        writing = false;
        if (connection.isWritable()) {
            written();
        }
    }

    private void written() {
        listener.sent(inFlight.writerIndex() - inFlightStart);
        inFlight.release();
        inFlight = null;
    }

    @Override
    public void connected(Channel newConnection) {
        connection = newConnection;
        stopGivingUp();
        if (inFlight != null) {
            write();
        }
        goOn();
    }

    @Override
    public void writable() {
        if (!writing && inFlight != null) {
            written();
            goOn();
        }
    }

    private void goOn() {
        drain();
        if (isWritable()) {
            listener.writable();
        }
    }

    @Override
    public void disconnected() {
        connection = null;
        if (closed) {
            releaseAll();
            return;
        }
        if (inFlight != null) {
            inFlight.readerIndex(inFlightStart);
            listener.failed();
        }
        giveUpLater();
    }

    private void giveUpLater() {
        givingUp = loop.schedule(() -> {
            hopeless = true;
            listener.writable();
        }, patience, TimeUnit.NANOSECONDS);
    }

    private void stopGivingUp() {
        hopeless = false;
        givingUp.cancel(false);
    }

    @Override
    public void close() {
        closed = true;
        if (givingUp != null) {
            givingUp.cancel(false);
        }
        connector.close();
        if (connection == null) {
            releaseAll();
        }
    }

    private void releaseAll() {
        queue.clear();
        if (inFlight != null) {
            inFlight.release();
            inFlight = null;
        }
    }
}
