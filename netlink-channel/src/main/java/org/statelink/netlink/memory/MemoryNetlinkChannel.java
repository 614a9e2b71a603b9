/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.RejectedExecutionException;
import org.statelink.netlink.BpfInstruction;
import org.statelink.netlink.DefaultNetlinkChannelConfig;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkCounters;
import org.statelink.netlink.NetlinkOverrunEvent;
import org.statelink.netlink.NetlinkTruncationEvent;

/**
 * A netlink channel to a {@link MemoryKernel}. Needs nothing of its loop but that it runs tasks. Requests are worked
 * on within the write, answers and events wait in a bounded queue until they are read.
 */
final class MemoryNetlinkChannel extends AbstractChannel implements NetlinkChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 64);

    private final MemoryKernel kernel;
    private final NetlinkChannelConfig config = new DefaultNetlinkChannelConfig(this);
    private final NetlinkCounters counters = new NetlinkCounters();
    private final MemoryReceiveQueue queue = new MemoryReceiveQueue();
    private volatile NetlinkAddress local;
    private volatile boolean open = true;
    private volatile boolean readPending;
    private volatile FilterMachine filter;

    MemoryNetlinkChannel(MemoryKernel kernel) {
        super(null);
        this.kernel = kernel;
    }

    @Override
    public NetlinkChannelConfig config() {
        return config;
    }

    @Override
    public NetlinkCounters counters() {
        return counters;
    }

    @Override
    public void setGroups(int groups) {
        kernel.join(this, groups);
    }

    @Override
    public void attachFilter(BpfInstruction... program) {
        filter = new FilterMachine(program);
    }

    @Override
    public void detachFilter() {
        filter = null;
    }

    /** Whether the socket's filter, if any, lets a datagram pass. */
    boolean lets(ByteBuf datagram) {
        FilterMachine machine = filter;
        return machine == null || machine.lets(datagram);
    }

    MemoryReceiveQueue queue() {
        return queue;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && local != null;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public NetlinkAddress localAddress() {
        return local;
    }

    @Override
    public NetlinkAddress remoteAddress() {
        return isActive() ? NetlinkAddress.KERNEL : null;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remoteAddress();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        promise.setSuccess();
    }

    @Override
    protected void doBind(SocketAddress address) {
        if (!(address instanceof NetlinkAddress wanted)) {
            throw new UnsupportedAddressTypeException();
        }
        local = kernel.bind(this, wanted);
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        open = false;
        kernel.unbind(this);
        queue.close();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (!(message instanceof ByteBuf)) {
            throw new UnsupportedOperationException("a netlink channel sends ByteBuf only");
        }
        return message;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        for (Object message = in.current(); message != null; message = in.current()) {
            kernel.request(this, (ByteBuf) message);
            in.remove();
        }
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        if (!queue.isEmpty()) {
            wakeUp();
        }
    }

    /** Something is in the queue. Any thread. */
    void wakeUp() {
        if (isRegistered() && queue.scheduleRead()) {
            try {
                eventLoop().execute(this::readLoop);
            } catch (RejectedExecutionException e) {
                // the loop was shut down: nobody will read
                queue.close();
            }
        }
    }

    private void readLoop() {
        queue.readBegins();
        if (!readPending && !config.isAutoRead()) {
            return;
        }
        if (queue.takeOverrun()) {
            counters.overrun();
            pipeline().fireUserEventTriggered(NetlinkOverrunEvent.INSTANCE);
        }
        if (readBurst() > 0) {
            pipeline().fireChannelReadComplete();
        }
        if (!queue.isEmpty() && (readPending || config.isAutoRead())) {
            wakeUp();
        }
    }

    private int readBurst() {
        int read = 0;
        while (read < config.receiveSlots() && (read == 0 || config.isAutoRead())) {
            ByteBuf datagram = next();
            if (datagram == null) {
                break;
            }
            read++;
            readPending = false;
            deliver(datagram);
        }
        return read;
    }

    private ByteBuf next() {
        ByteBuf datagram = queue.poll();
        if (datagram == null && queue.dump() != null) {
            kernel.dumpPage(this);
            datagram = queue.poll();
        }
        return datagram;
    }

    private void deliver(ByteBuf datagram) {
        int length = datagram.readableBytes();
        if (length > config.receiveSlotSize()) {
            datagram.release();
            counters.received(0, 1, 0);
            pipeline().fireUserEventTriggered(new NetlinkTruncationEvent(1, length, config.receiveSlotSize()));
        } else {
            counters.received(1, 0, 0);
            pipeline().fireChannelRead(datagram);
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new MemoryUnsafe();
    }

    private final class MemoryUnsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress localAddress, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("netlink channels are bound, not connected"));
        }
    }
}
