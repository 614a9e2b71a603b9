/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;

/**
 * The body of a flow's state message: a list of attributes. What {@link #encode} writes is the canonical form, byte for
 * byte what conntrackd on a little-endian machine writes for the same flow; decoding it and encoding it again gives the
 * same bytes. Neither direction allocates. Static and without state: any thread.
 *
 * <p>Source: docs of conntrackd's wire protocol, sections 3, 4 and 8.5.
 */
public final class ConntrackBody {
    /** No encoded body is longer, in bytes. */
    public static final int MAX_LENGTH = BodyEncoder.MAX_LENGTH;

    private ConntrackBody() {
    }

    /**
     * Appends the attributes of a flow. The NAT fields are sent as they are marked: for a flow straight from the kernel
     * call {@link org.statelink.conntrack.NatMapping#fromReply} before.
     *
     * <p>Beyond conntrackd, UDP-Lite ports and GRE keys are sent where not both are zero: it does not send them itself,
     * but keeps such flows apart and commits them when they come. The zones of single directions, where there are any,
     * are four bytes behind the last attribute, that of the original direction first: conntrackd does not look at what
     * is too short for an attribute. A helper's name too long for a receiver is left out, since conntrackd refuses the
     * whole message for it.
     *
     * @param flow              a flow with an original tuple
     * @param out               grows by up to {@link #MAX_LENGTH} bytes, always a multiple of 4
     * @param withTimeout       whether to send the timeout; not where CommitTimeout is set
     * @param withWindowScale   whether to send the TCP window scales; only where TCPWindowTracking is set
     */
    public static void encode(Conntrack flow, ByteBuf out, boolean withTimeout, boolean withWindowScale) {
        BodyEncoder.encode(flow, out, withTimeout, withWindowScale);
    }

    /**
     * Decodes a body. Attributes may come in any order; of repeated ones the last counts. Unless the result is
     * {@link BodyResult#OK} the flow is left as it was. Attributes that do not belong to the flow's family or protocol
     * are checked and ignored. Of the reply tuple the flow has no more than the zone afterwards.
     *
     * @param in   all its readable bytes are the body; its indices are as before afterwards
     * @param into cleared first
     */
    public static BodyResult decode(ByteBuf in, Conntrack into) {
        return BodyDecoder.decode(in, into);
    }
}
