/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What {@code recvmmsg(2)} reads into: a number of slots, each a pooled buffer of the size of the longest datagram
 * expected, and its {@code struct mmsghdr}, {@code struct iovec} and sender address outside the heap. Used on the
 * channel's loop only.
 *
 * <p>A datagram is handed out as its slot's own buffer, with one more reference. If the receiver gave that back by the
 * next receive, the slot is used again; if it kept it, the slot gets a new buffer. So nothing is copied, and nothing is
 * allocated for receivers that release at once.
 */
final class ReceiveBatch {
    private static final int HEADER_SIZE = 64;
    private static final int NAME_LENGTH = 8;
    private static final int IOV = 16;
    private static final int IOV_LENGTH = 24;
    private static final int LENGTH = 56;
    private static final int VECTOR_SIZE = 16;
    private static final int VECTOR_LENGTH = 8;
    private static final int NAME_SIZE = 16;
    private static final int SLOT_SIZE = HEADER_SIZE + VECTOR_SIZE + NAME_SIZE;

    private final ByteBufAllocator allocator;
    private final int slotSize;
    private final ByteBuf[] buffers;
    /** All headers, then all vectors, then all names. */
    private final MemorySegment memory;
    private final long vectors;
    private final long names;
    /** The first so many slots have to be made ready before they can be received into. */
    private int stale;

    ReceiveBatch(ByteBufAllocator allocator, int slots, int slotSize) {
        this.allocator = allocator;
        this.slotSize = slotSize;
        buffers = new ByteBuf[slots];
        memory = Arena.ofAuto().allocate((long) slots * SLOT_SIZE, JAVA_LONG.byteAlignment());
        vectors = (long) slots * HEADER_SIZE;
        names = vectors + (long) slots * VECTOR_SIZE;
        for (int slot = 0; slot < slots; slot++) {
            initialise(slot);
        }
        stale = slots;
    }

    private void initialise(int slot) {
        memory.set(JAVA_LONG, header(slot), memory.address() + name(slot));
        memory.set(JAVA_LONG, header(slot) + IOV, memory.address() + vector(slot));
        memory.set(JAVA_LONG, header(slot) + IOV_LENGTH, 1);
        memory.set(JAVA_LONG, vector(slot) + VECTOR_LENGTH, slotSize);
    }

    /**
     * Makes ready the slots that were used. To be called before each receive; fails if there is no memory, and can then
     * be called again.
     */
    void prepare() {
        while (stale > 0) {
            recycle(stale - 1);
            stale--;
        }
    }

    private void recycle(int slot) {
        memory.set(JAVA_INT, header(slot) + NAME_LENGTH, SocketAddressNetlink.SIZE);
        ByteBuf buffer = buffers[slot];
        if (buffer == null) {
            renew(slot);
        } else if (buffer.refCnt() != 1 || buffer.capacity() != slotSize) {
            renew(slot);
            buffer.release();
        }
    }

    /** So many datagrams were received, into the first slots. */
    void received(int datagrams) {
        stale = datagrams;
    }

    private void renew(int slot) {
        // the maximum keeps a receiver from having the buffer moved elsewhere
        ByteBuf buffer = allocator.directBuffer(slotSize, slotSize);
        buffers[slot] = buffer;
        memory.set(JAVA_LONG, vector(slot), address(buffer));
    }

    /** The address of the array of {@code struct mmsghdr}. */
    long headers() {
        return memory.address();
    }

    int slots() {
        return buffers.length;
    }

    int slotSize() {
        return slotSize;
    }

    /** The true length of the datagram received, which may be more than the slot holds. */
    int length(int slot) {
        return memory.get(JAVA_INT, header(slot) + LENGTH);
    }

    boolean isFromKernel(int slot) {
        return SocketAddressNetlink.isKernel(memory, name(slot));
    }

    /** The datagram received, which must have fitted. The caller owns one reference. */
    ByteBuf take(int slot) {
        return buffers[slot].setIndex(0, length(slot)).retain();
    }

    /** Gives the buffers back. Nothing can be received any more. */
    void release() {
        for (ByteBuf buffer : buffers) {
            if (buffer != null) {
                buffer.release();
            }
        }
    }

    private static long header(int slot) {
        return (long) slot * HEADER_SIZE;
    }

    private long vector(int slot) {
        return vectors + (long) slot * VECTOR_SIZE;
    }

    private long name(int slot) {
        return names + (long) slot * NAME_SIZE;
    }

    /** Where the buffer's memory begins. */
    private static long address(ByteBuf buffer) {
        if (buffer.hasMemoryAddress()) {
            return buffer.memoryAddress();
        }
        return MemorySegment.ofBuffer(buffer.internalNioBuffer(0, buffer.capacity())).address();
    }
}
