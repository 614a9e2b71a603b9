/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Messages of the dedicated link, byte by byte, right or wrong. */
public final class SyncDatagram {
    public static final int NEW = 0;
    public static final int CONTROL = 10;
    public static final int HELLO = 0x20;

    private static final int VERSION = 1;
    private static final int CAPACITY = 65_000;

    private final ByteBuffer out = ByteBuffer.allocate(CAPACITY);

    /** A complete message: a UDP flow that is told by its source port. */
    public SyncDatagram flow(int flags, int sequence, int sourcePort) {
        int start = header(VERSION, NEW, flags, 0, sequence);
        body(sourcePort);
        return length(start, out.position() - start);
    }

    /** A message with any header; the length field is what is said, the body a valid flow. */
    public SyncDatagram message(int version, int type, int flags, int length, int sequence) {
        header(version, type, flags, length, sequence);
        body(1);
        return this;
    }

    /** A flow with one attribute too many, whose header and payload are given. */
    public SyncDatagram flowWith(int sequence, int attributeLength, int attribute, int payload) {
        int start = header(VERSION, NEW, 0, 0, sequence);
        body(1);
        out.putShort((short) attributeLength).putShort((short) attribute).putInt(payload);
        return length(start, out.position() - start);
    }

    /** A state message without a single attribute. */
    public SyncDatagram empty(int sequence) {
        int start = header(VERSION, NEW, 0, 0, sequence);
        return length(start, 8);
    }

    /** A header of the right version, and nothing behind it. */
    public SyncDatagram bare(int type, int flags, int length, int sequence) {
        header(VERSION, type, flags, length, sequence);
        return this;
    }

    /** Bytes as they come. */
    public SyncDatagram raw(byte... bytes) {
        out.put(bytes);
        return this;
    }

    public byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    public int size() {
        return out.position();
    }

    private int header(int version, int type, int flags, int length, int sequence) {
        int start = out.position();
        out.put((byte) (version << 4 | type)).put((byte) flags).putShort((short) length).putInt(sequence);
        return start;
    }

    private SyncDatagram length(int start, int length) {
        out.putShort(start + 2, (short) length);
        return this;
    }

    private void body(int sourcePort) {
        out.putShort((short) 12).putShort((short) 0).put(address("10.9.9.1")).put(address("203.0.113.9"));
        out.putShort((short) 8).putShort((short) 5).putInt(Flow.CONFIRMED);
        out.putShort((short) 5).putShort((short) 2).putInt(Flow.UDP << 24);
        out.putShort((short) 8).putShort((short) 3).putShort((short) sourcePort).putShort((short) 53);
        out.putShort((short) 8).putShort((short) 6).putInt(600);
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
