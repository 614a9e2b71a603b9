/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Tuple;
import org.statelink.sync.protocol.ExpectAttribute;
import org.statelink.sync.protocol.ExpectBody;

/**
 * What makes an expectation the one it is: its master, what is expected and the mask of that, the zone; and of flags,
 * class, translation and names those that both sides tell. So it is a body without its timeout. Reused; not thread
 * safe. Source: docs of conntrackd's modes, section 5.
 */
final class ExpectationKey implements EntryKey {
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int FIRST_OPTIONAL = ExpectAttribute.TIMEOUT.number();

    private final byte[] body = new byte[ExpectBody.MAX_LENGTH];
    private final ByteBuf buffer = Unpooled.wrappedBuffer(body);
    private int length;
    private int tuples;
    private int layer4;
    private int protocol;
    private int zone;

    /** Takes the identity of an expectation. */
    void set(Expectation expectation) {
        ExpectBody.encode(expectation, buffer.clear(), false);
        length = buffer.writerIndex();
        tuples = endOfTuples();
        Tuple expected = expectation.expected();
        layer4 = expected.sourcePort() << 16 | expected.destinationPort() & 0xffff;
        protocol = expected.protocol() & 0xff;
        zone = expectation.zone() & 0xffff;
    }

    private int endOfTuples() {
        int at = 0;
        while (at < length && BodyAttributes.number(body, at) < FIRST_OPTIONAL) {
            at += BodyAttributes.size(body, at);
        }
        return at;
    }

    /** Of what both sides are certain to tell. */
    @Override
    public long hash(SipHash sip) {
        sip.begin();
        sip.add((long) zone << 32 | layer4 & 0xffffffffL);
        for (int at = 0; at < tuples; at += Integer.BYTES) {
            sip.add(buffer.getInt(at));
        }
        return sip.end(tuples, protocol);
    }

    @Override
    public void writeTo(EntryHeaders headers, int ref) {
        headers.setByte(ref, EntryHeaders.PROTOCOL, protocol);
        headers.setShort(ref, EntryHeaders.ZONE_ORIGINAL, zone);
        headers.setInt(ref, EntryHeaders.LAYER4, layer4);
    }

    @Override
    public boolean matchesHeader(EntryHeaders headers, int ref) {
        return headers.getInt(ref, EntryHeaders.LAYER4) == layer4
            && headers.getByte(ref, EntryHeaders.PROTOCOL) == protocol
            && headers.getShort(ref, EntryHeaders.ZONE_ORIGINAL) == zone;
    }

    @Override
    public boolean matchesBody(MemorySegment memory, long stored, int storedLength) {
        if (storedLength < tuples || !sameBytes(memory, stored, 0, tuples)) {
            return false;
        }
        for (int at = tuples; at < storedLength; at += size(memory.get(NETWORK_INT, stored + at))) {
            int head = memory.get(NETWORK_INT, stored + at);
            if (!agrees(memory, stored + at, head & 0xffff, size(head))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the key has the same attribute or none, where both may be without it; tuples do not come here. */
    private boolean agrees(MemorySegment memory, long stored, int number, int size) {
        if (number < FIRST_OPTIONAL) {
            return false;
        }
        for (int at = tuples; at < length; at += BodyAttributes.size(body, at)) {
            if (BodyAttributes.number(body, at) == number) {
                return BodyAttributes.size(body, at) == size && sameBytes(memory, stored, at, size);
            }
        }
        return true;
    }

    private boolean sameBytes(MemorySegment memory, long stored, int at, int size) {
        for (int i = 0; i < size; i += Integer.BYTES) {
            if (memory.get(NETWORK_INT, stored + i) != buffer.getInt(at + i)) {
                return false;
            }
        }
        return true;
    }

    private static int size(int head) {
        return (head >>> 16) + 3 & ~3;
    }
}
