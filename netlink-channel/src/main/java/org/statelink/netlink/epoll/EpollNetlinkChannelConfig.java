/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static io.netty.util.internal.ObjectUtil.checkPositive;
import static org.statelink.netlink.epoll.LinuxConstants.NETLINK_BROADCAST_ERROR;
import static org.statelink.netlink.epoll.LinuxConstants.NETLINK_CAP_ACK;
import static org.statelink.netlink.epoll.LinuxConstants.NETLINK_EXT_ACK;
import static org.statelink.netlink.epoll.LinuxConstants.NETLINK_NO_ENOBUFS;
import static org.statelink.netlink.epoll.LinuxConstants.SOL_NETLINK;
import static org.statelink.netlink.epoll.LinuxConstants.SOL_SOCKET;
import static org.statelink.netlink.epoll.LinuxConstants.SO_RCVBUF;
import static org.statelink.netlink.epoll.LinuxConstants.SO_RCVBUFFORCE;
import static org.statelink.netlink.epoll.LinuxConstants.SO_SNDBUF;
import static org.statelink.netlink.epoll.LinuxConstants.SO_SNDBUFFORCE;

import io.netty.channel.ChannelException;
import java.io.IOException;
import org.statelink.netlink.DefaultNetlinkChannelConfig;
import org.statelink.netlink.NetlinkChannelConfig;

/** The configuration of an {@link EpollNetlinkChannel}: what the kernel keeps is asked for and set there. */
final class EpollNetlinkChannelConfig extends DefaultNetlinkChannelConfig {
    /** The kernel does the work of a request within the write: after a few of them, answers have to be read. */
    static final int MAX_MESSAGES_PER_WRITE = 16;

    private final EpollNetlinkChannel netlinkChannel;
    private final NetlinkSocket socket;

    EpollNetlinkChannelConfig(EpollNetlinkChannel channel, NetlinkSocket socket) {
        super(channel);
        this.netlinkChannel = channel;
        this.socket = socket;
        setMaxMessagesPerWrite(MAX_MESSAGES_PER_WRITE);
    }

    @Override
    protected void autoReadCleared() {
        netlinkChannel.autoReadCleared();
    }

    @Override
    public int receiveBufferSize() {
        return get(SOL_SOCKET, SO_RCVBUF);
    }

    @Override
    public NetlinkChannelConfig setReceiveBufferSize(int bytes) {
        return setSize(SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    }

    @Override
    public int sendBufferSize() {
        return get(SOL_SOCKET, SO_SNDBUF);
    }

    @Override
    public NetlinkChannelConfig setSendBufferSize(int bytes) {
        return setSize(SO_SNDBUFFORCE, SO_SNDBUF, bytes);
    }

    @Override
    public boolean isBroadcastError() {
        return get(SOL_NETLINK, NETLINK_BROADCAST_ERROR) != 0;
    }

    @Override
    public NetlinkChannelConfig setBroadcastError(boolean on) {
        return set(NETLINK_BROADCAST_ERROR, on);
    }

    @Override
    public boolean isNoEnobufs() {
        return get(SOL_NETLINK, NETLINK_NO_ENOBUFS) != 0;
    }

    @Override
    public NetlinkChannelConfig setNoEnobufs(boolean on) {
        return set(NETLINK_NO_ENOBUFS, on);
    }

    @Override
    public boolean isCapAck() {
        return get(SOL_NETLINK, NETLINK_CAP_ACK) != 0;
    }

    @Override
    public NetlinkChannelConfig setCapAck(boolean on) {
        return set(NETLINK_CAP_ACK, on);
    }

    @Override
    public boolean isExtAck() {
        return get(SOL_NETLINK, NETLINK_EXT_ACK) != 0;
    }

    @Override
    public NetlinkChannelConfig setExtAck(boolean on) {
        return set(NETLINK_EXT_ACK, on);
    }

    private int get(int level, int name) {
        try {
            return socket.getOption(level, name);
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    private NetlinkChannelConfig set(int name, boolean on) {
        return set(() -> socket.setOption(SOL_NETLINK, name, on ? 1 : 0));
    }

    private NetlinkChannelConfig setSize(int privileged, int ordinary, int bytes) {
        int half = Math.max(1, checkPositive(bytes, "bytes") / 2);
        return set(() -> socket.setOption(SOL_SOCKET, privileged, ordinary, half));
    }

    private interface Setting {
        void apply() throws IOException;
    }

    private NetlinkChannelConfig set(Setting setting) {
        try {
            setting.apply();
            return this;
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }
}
