/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import org.statelink.netlink.BpfInstruction;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkCounters;

/**
 * A {@link NetlinkChannel} to the running kernel, on an {@link IoEventLoop} driven by
 * {@link io.netty.channel.epoll.EpollIoHandler}. Its constructor serves as a
 * {@link org.statelink.netlink.NetlinkChannelFactory}.
 *
 * <p>One system call reads up to {@link NetlinkChannelConfig#receiveSlots()} datagrams; all of them are handed on, even
 * if a handler stops reading in between.
 */
public final class EpollNetlinkChannel extends AbstractChannel implements NetlinkChannel {
    /** How many datagrams are read, a few system calls' worth, before the loop serves somebody else. */
    private static final int MAX_MESSAGES_PER_READ = 256;
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, MAX_MESSAGES_PER_READ);

    static {
        Epoll.ensureAvailability();
    }

    private final NetlinkSocket socket;
    private final EpollNetlinkChannelConfig config;
    private final NetlinkCounters counters = new NetlinkCounters();
    private final Interest interest = new Interest();
    private final BurstReader reader;
    private final DatagramWriter writer;
    private long wakeups;
    private volatile boolean active;
    private volatile NetlinkAddress local;

    /**
     * Opens a socket in the network namespace of the calling thread.
     *
     * @param protocol one of {@link org.statelink.netlink.NetlinkProtocol}
     * @throws ChannelException if the kernel refuses
     */
    public EpollNetlinkChannel(int protocol) {
        this(open(protocol));
    }

    EpollNetlinkChannel(NetlinkSocket socket) {
        super(null);
        this.socket = socket;
        config = new EpollNetlinkChannelConfig(this, socket);
        reader = new BurstReader(this, socket);
        writer = new DatagramWriter(this, socket);
    }

    private static NetlinkSocket open(int protocol) {
        try {
            return new NetlinkSocket(protocol);
        } catch (IOException e) {
            throw new ChannelException("cannot open a netlink socket of protocol " + protocol, e);
        }
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
        try {
            socket.setGroups(groups);
        } catch (IOException e) {
            throw new ChannelException("cannot change to the groups 0x" + Integer.toHexString(groups), e);
        }
    }

    @Override
    public void attachFilter(BpfInstruction... program) {
        try {
            socket.attachFilter(program);
        } catch (IOException e) {
            throw new ChannelException("cannot attach a filter of " + program.length + " instructions", e);
        }
    }

    @Override
    public void detachFilter() {
        try {
            socket.detachFilter();
        } catch (IOException e) {
            throw new ChannelException("cannot detach the filter", e);
        }
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public NetlinkAddress localAddress() {
        return (NetlinkAddress) super.localAddress();
    }

    @Override
    public NetlinkAddress remoteAddress() {
        return (NetlinkAddress) super.remoteAddress();
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return active ? NetlinkAddress.KERNEL : null;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new EpollNetlinkUnsafe();
    }

    Interest interest() {
        return interest;
    }

    /** How often epoll had something to tell about this channel. On the loop. */
    long wakeups() {
        return wakeups;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop ioLoop && ioLoop.isCompatible(EpollNetlinkUnsafe.class);
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        ((IoEventLoop) eventLoop()).register((EpollNetlinkUnsafe) unsafe()).addListener(future -> {
            if (!future.isSuccess()) {
                promise.setFailure(future.cause());
                return;
            }
            try {
                interest.attach((IoRegistration) future.getNow());
            } catch (RuntimeException e) {
                promise.setFailure(e);
                return;
            }
            promise.setSuccess();
        });
    }

    @Override
    protected void doDeregister() {
        interest.detach();
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        if (!(address instanceof NetlinkAddress netlinkAddress)) {
            throw new UnsupportedAddressTypeException();
        }
        local = socket.bind(netlinkAddress);
        active = true;
    }

    @Override
    protected void doDisconnect() throws Exception {
        doClose();
    }

    @Override
    protected void doClose() throws Exception {
        active = false;
        try {
            // before the descriptor is closed: its number may be somebody else's at once
            interest.detach();
        } finally {
            try {
                socket.close();
            } finally {
                reader.close();
            }
        }
    }

    @Override
    protected void doBeginRead() {
        reader.begin();
    }

    /** Reads no more, unless a read is asked for again. Any thread. */
    void autoReadCleared() {
        if (!isRegistered()) {
            return;
        }
        EventLoop loop = eventLoop();
        if (loop.inEventLoop()) {
            reader.stop();
        } else {
            loop.execute(reader::stopIfUnwanted);
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        return writer.filter(message);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        writer.write(in, maxMessagesPerWrite());
    }

    /** The channel's side towards the loop. Made by the superclass before the fields above are there. */
    private final class EpollNetlinkUnsafe extends AbstractUnsafe implements EpollIoHandle {
        @Override
        public FileDescriptor fd() {
            return socket.fd();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            EpollIoOps ops = ((EpollIoEvent) event).ops();
            wakeups++;
            if (ops.contains(EpollIoOps.EPOLLOUT)) {
                super.flush0();
            }
            if (ops.contains(EpollIoOps.EPOLLERR) && isOpen()) {
                reader.takeError();
            }
            if (ops.contains(EpollIoOps.EPOLLIN) && isOpen()) {
                reader.read();
            }
        }

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.tryFailure(new UnsupportedOperationException("a netlink channel's peer is the kernel"));
        }

        /** The loop is shutting down. */
        @Override
        public void close() {
            close(voidPromise());
        }

        @Override
        protected void flush0() {
            // while the socket is full, epoll tells when to go on
            if (!interest.contains(EpollIoOps.EPOLLOUT)) {
                super.flush0();
            }
        }
    }
}
