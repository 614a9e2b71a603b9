/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.statelink.netlink.epoll.LinuxConstants.EAGAIN;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.StringUtil;
import java.lang.foreign.MemorySegment;

/** The sending half of an {@link EpollNetlinkChannel}. Used on the channel's loop only. */
final class DatagramWriter {
    private final EpollNetlinkChannel channel;
    private final NetlinkSocket socket;

    DatagramWriter(EpollNetlinkChannel channel, NetlinkSocket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    /** The message in one piece outside the heap: itself, or a copy, in which case the message is released. */
    ByteBuf filter(Object message) {
        if (!(message instanceof ByteBuf buffer)) {
            throw new UnsupportedOperationException("a netlink channel sends ByteBuf, not "
                + StringUtil.simpleClassName(message));
        }
        if (buffer.hasMemoryAddress() || buffer.isDirect() && buffer.nioBufferCount() == 1) {
            return buffer;
        }
        ByteBuf direct = channel.alloc().directBuffer(Math.max(1, buffer.readableBytes()));
        direct.writeBytes(buffer, buffer.readerIndex(), buffer.readableBytes());
        ReferenceCountUtil.safeRelease(buffer);
        return direct;
    }

    /** Sends up to so many datagrams; what is left is sent when epoll says that the socket is writable. */
    void write(ChannelOutboundBuffer in, int limit) {
        for (int budget = limit; budget > 0; budget--) {
            Object message = in.current();
            if (message == null) {
                break;
            }
            int result = send((ByteBuf) message);
            if (result == -EAGAIN) {
                break;
            }
            complete(in, result);
        }
        if (in.isEmpty()) {
            channel.interest().remove(EpollIoOps.EPOLLOUT);
        } else {
            channel.interest().add(EpollIoOps.EPOLLOUT);
        }
    }

    /** One datagram refused is no reason to close the channel: its own promise fails, the next one is sent. */
    private static void complete(ChannelOutboundBuffer in, int result) {
        if (result < 0) {
            in.remove(Errors.newIOException("send", result));
        } else {
            in.remove();
        }
    }

    private int send(ByteBuf buffer) {
        int length = buffer.readableBytes();
        if (buffer.hasMemoryAddress()) {
            return socket.send(buffer.memoryAddress() + buffer.readerIndex(), length);
        }
        MemorySegment memory = MemorySegment.ofBuffer(buffer.internalNioBuffer(buffer.readerIndex(), length));
        return socket.send(memory.address(), length);
    }
}
