/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Expectation;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/** Appends expectation requests to a buffer, one message per call, without {@code NLM_F_ACK}. Allocates nothing. */
public final class ExpectationEncoder {
    private ExpectationEncoder() {
    }

    /** Appends a request about one expectation. */
    public static void encode(ConntrackRequest request, ByteBuf out, int sequence, Expectation expectation) {
        switch (request) {
            case CREATE -> write(out, NetlinkFlags.CREATE | NetlinkFlags.EXCL, sequence, expectation);
            case UPDATE -> write(out, 0, sequence, expectation);
            case DELETE -> named(out, ExpectationMessageType.DELETE, sequence, expectation);
        }
    }

    /**
     * Creates or updates. The kernel wants the master to exist and to have a helper; it takes the timeout from the
     * helper's policy when it creates, and changes nothing but the timeout when it updates.
     */
    private static void write(ByteBuf out, int flags, int sequence, Expectation expectation) {
        int message = begin(out, ExpectationMessageType.NEW, flags, sequence, expectation.family());
        ExpectationWriter.tuples(out, expectation);
        ExpectationWriter.zone(out, expectation);
        ExpectationWriter.nat(out, expectation);
        ExpectationWriter.timeout(out, expectation);
        ExpectationWriter.policy(out, expectation);
        ExpectationWriter.names(out, expectation);
        NetlinkMessageWriter.end(out, message);
    }

    /** Appends a get request by expected tuple and zone, and id if known. */
    public static void get(ByteBuf out, int sequence, Expectation key) {
        named(out, ExpectationMessageType.GET, sequence, key);
    }

    private static void named(ByteBuf out, int type, int sequence, Expectation key) {
        int message = begin(out, type, 0, sequence, key.family());
        TupleCodec.write(out, ExpectationAttribute.TUPLE, key.expected());
        ExpectationWriter.zone(out, key);
        ExpectationWriter.id(out, key);
        NetlinkMessageWriter.end(out, message);
    }

    /** Appends a request for all expectations of a family; 0 for every one. */
    public static void dump(ByteBuf out, int sequence, int family) {
        NetlinkMessageWriter.end(out, begin(out, ExpectationMessageType.GET, NetlinkFlags.DUMP, sequence, family));
    }

    /** Appends a request to delete all expectations. */
    public static void flush(ByteBuf out, int sequence) {
        NetlinkMessageWriter.end(out, begin(out, ExpectationMessageType.DELETE, 0, sequence, 0));
    }

    private static int begin(ByteBuf out, int type, int flags, int sequence, int family) {
        return ConntrackEncoder.begin(out, type, flags, sequence, family);
    }
}
