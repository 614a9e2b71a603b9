/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import static io.netty.util.internal.ObjectUtil.checkInRange;
import static io.netty.util.internal.ObjectUtil.checkPositive;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.Map;

/**
 * A configuration that keeps its values itself. An implementation over a real socket overrides the accessors of what
 * the kernel keeps.
 */
public class DefaultNetlinkChannelConfig extends DefaultChannelConfig implements NetlinkChannelConfig {
    /** The kernel's default, {@code net.core.rmem_default}. */
    private static final int DEFAULT_BUFFER_SIZE = 212_992;
    private static final int MAX_SLOTS = 1024;
    private static final int MIN_SLOT_SIZE = 64;

    private volatile int receiveBufferSize = DEFAULT_BUFFER_SIZE;
    private volatile int sendBufferSize = DEFAULT_BUFFER_SIZE;
    private volatile boolean broadcastError;
    private volatile boolean noEnobufs;
    private volatile boolean capAck;
    private volatile boolean extAck;
    private volatile int receiveSlots = DEFAULT_RECEIVE_SLOTS;
    private volatile int receiveSlotSize = DEFAULT_RECEIVE_SLOT_SIZE;

    /** The configuration of the channel given. */
    public DefaultNetlinkChannelConfig(NetlinkChannel channel) {
        super(channel, new FixedRecvByteBufAllocator(DEFAULT_RECEIVE_SLOT_SIZE));
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), ChannelOption.SO_RCVBUF, ChannelOption.SO_SNDBUF,
            NetlinkChannelOption.NETLINK_BROADCAST_ERROR, NetlinkChannelOption.NETLINK_NO_ENOBUFS,
            NetlinkChannelOption.NETLINK_CAP_ACK, NetlinkChannelOption.NETLINK_EXT_ACK,
            NetlinkChannelOption.RECEIVE_SLOTS, NetlinkChannelOption.RECEIVE_SLOT_SIZE);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getOption(ChannelOption<T> option) {
        Object value = value(option);
        return value == null ? super.getOption(option) : (T) value;
    }

    private Object value(ChannelOption<?> option) {
        if (option.equals(ChannelOption.SO_RCVBUF)) {
            return receiveBufferSize();
        } else if (option.equals(ChannelOption.SO_SNDBUF)) {
            return sendBufferSize();
        } else if (option.equals(NetlinkChannelOption.NETLINK_BROADCAST_ERROR)) {
            return isBroadcastError();
        } else if (option.equals(NetlinkChannelOption.NETLINK_NO_ENOBUFS)) {
            return isNoEnobufs();
        } else if (option.equals(NetlinkChannelOption.NETLINK_CAP_ACK)) {
            return isCapAck();
        } else if (option.equals(NetlinkChannelOption.NETLINK_EXT_ACK)) {
            return isExtAck();
        } else if (option.equals(NetlinkChannelOption.RECEIVE_SLOTS)) {
            return receiveSlots();
        } else if (option.equals(NetlinkChannelOption.RECEIVE_SLOT_SIZE)) {
            return receiveSlotSize();
        }
        return null;
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        if (value instanceof Integer number && setInteger(option, number)) {
            return true;
        }
        if (value instanceof Boolean on && setBoolean(option, on)) {
            return true;
        }
        return super.setOption(option, value);
    }

    private boolean setInteger(ChannelOption<?> option, int value) {
        if (option.equals(ChannelOption.SO_RCVBUF)) {
            setReceiveBufferSize(value);
        } else if (option.equals(ChannelOption.SO_SNDBUF)) {
            setSendBufferSize(value);
        } else if (option.equals(NetlinkChannelOption.RECEIVE_SLOTS)) {
            setReceiveSlots(value);
        } else if (option.equals(NetlinkChannelOption.RECEIVE_SLOT_SIZE)) {
            setReceiveSlotSize(value);
        } else {
            return false;
        }
        return true;
    }

    private boolean setBoolean(ChannelOption<?> option, boolean on) {
        if (option.equals(NetlinkChannelOption.NETLINK_BROADCAST_ERROR)) {
            setBroadcastError(on);
        } else if (option.equals(NetlinkChannelOption.NETLINK_NO_ENOBUFS)) {
            setNoEnobufs(on);
        } else if (option.equals(NetlinkChannelOption.NETLINK_CAP_ACK)) {
            setCapAck(on);
        } else if (option.equals(NetlinkChannelOption.NETLINK_EXT_ACK)) {
            setExtAck(on);
        } else {
            return false;
        }
        return true;
    }

    @Override
    public int receiveBufferSize() {
        return receiveBufferSize;
    }

    @Override
    public NetlinkChannelConfig setReceiveBufferSize(int bytes) {
        receiveBufferSize = checkPositive(bytes, "bytes");
        return this;
    }

    @Override
    public int sendBufferSize() {
        return sendBufferSize;
    }

    @Override
    public NetlinkChannelConfig setSendBufferSize(int bytes) {
        sendBufferSize = checkPositive(bytes, "bytes");
        return this;
    }

    @Override
    public boolean isBroadcastError() {
        return broadcastError;
    }

    @Override
    public NetlinkChannelConfig setBroadcastError(boolean on) {
        broadcastError = on;
        return this;
    }

    @Override
    public boolean isNoEnobufs() {
        return noEnobufs;
    }

    @Override
    public NetlinkChannelConfig setNoEnobufs(boolean on) {
        noEnobufs = on;
        return this;
    }

    @Override
    public boolean isCapAck() {
        return capAck;
    }

    @Override
    public NetlinkChannelConfig setCapAck(boolean on) {
        capAck = on;
        return this;
    }

    @Override
    public boolean isExtAck() {
        return extAck;
    }

    @Override
    public NetlinkChannelConfig setExtAck(boolean on) {
        extAck = on;
        return this;
    }

    @Override
    public int receiveSlots() {
        return receiveSlots;
    }

    @Override
    public NetlinkChannelConfig setReceiveSlots(int slots) {
        receiveSlots = checkInRange(slots, 1, MAX_SLOTS, "slots");
        return this;
    }

    @Override
    public int receiveSlotSize() {
        return receiveSlotSize;
    }

    @Override
    public NetlinkChannelConfig setReceiveSlotSize(int bytes) {
        receiveSlotSize = checkInRange(bytes, MIN_SLOT_SIZE, Integer.MAX_VALUE, "bytes");
        return this;
    }
}
