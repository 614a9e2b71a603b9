/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.ExpectBody;
import org.statelink.sync.protocol.MessageType;

/**
 * States that peers told, in their order and each flow at most once, on their way to another thread. Its memory is on
 * the heap, nothing to release.
 */
final class StatePage {
    /** Most states of a page. */
    static final int MAX_STATES = 512;
    private static final int BYTES = 64 * 1024;
    private static final int MAX_BODY = 4096;
    private static final int KNOWN = 4 * MAX_STATES;

    private final ByteBuf bodies = Unpooled.wrappedBuffer(new byte[BYTES]).clear();
    private final ByteBuf body = bodies.duplicate();
    private final int[] ends = new int[MAX_STATES];
    private final byte[] types = new byte[MAX_STATES];
    // Hashes of the flows: two that collide are taken for one, which costs a page and nothing else.
    private final int[] known = new int[KNOWN];
    private final Conntrack flow = new Conntrack();
    private final Expectation expectation = new Expectation();
    private int size;

    /** Empties the page. */
    void clear() {
        bodies.clear();
        Arrays.fill(known, 0);
        size = 0;
    }

    /** States in the page. */
    int size() {
        return size;
    }

    /** Appends a state; false if the page is full, or has one of the same flow already. */
    boolean add(int type, Conntrack flow) {
        if (!hasRoom() || !learn(flow.original().hashCode() * 31 + flow.zone())) {
            return false;
        }
        ConntrackBody.encode(flow, bodies, true, true);
        added(type);
        return true;
    }

    /** Appends a state; false if the page is full, or has one of the same expected tuple already. */
    boolean add(int type, Expectation expectation) {
        if (!hasRoom() || !learn(~expectation.expected().hashCode())) {
            return false;
        }
        ExpectBody.encode(expectation, bodies, true);
        added(type);
        return true;
    }

    private boolean hasRoom() {
        return size < MAX_STATES && bodies.writableBytes() >= MAX_BODY;
    }

    private void added(int type) {
        types[size] = (byte) type;
        ends[size] = bodies.writerIndex();
        size++;
    }

    /** Whether what has this hash was not known yet. */
    private boolean learn(int anyHash) {
        int hash = anyHash | 1;
        int slot = hash >>> 1 & KNOWN - 1;
        while (known[slot] != 0) {
            if (known[slot] == hash) {
                return false;
            }
            slot = slot + 1 & KNOWN - 1;
        }
        known[slot] = hash;
        return true;
    }

    /** The message's type; see {@link org.statelink.sync.protocol.MessageType}. */
    int type(int index) {
        return types[index];
    }

    /** Decodes a state; valid until the next one is read. */
    ConntrackEntry read(int index) {
        body.setIndex(index == 0 ? 0 : ends[index - 1], ends[index]);
        boolean isFlow = MessageType.isConntrack(types[index]);
        BodyResult result = isFlow ? ConntrackBody.decode(body, flow) : ExpectBody.decode(body, expectation);
        if (result != BodyResult.OK) {
            throw new IllegalStateException("stored state: " + result.text());
        }
        return isFlow ? flow : expectation;
    }
}
