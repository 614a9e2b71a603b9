/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;

/** Writes the one message of a request, without {@code NLM_F_ACK}. */
@FunctionalInterface
interface EntryRequest {
    /** Appends the message with its sequence number. */
    void encode(ByteBuf out, int sequence);
}
