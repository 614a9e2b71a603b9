/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.netlink.codec.NetlinkMessage;

/** Decodes messages of both subsystems into one reused flow and one reused expectation. Not thread safe. */
final class EntryDecoder {
    private final ConntrackDecoder flowDecoder = new ConntrackDecoder();
    private final ExpectationDecoder expectationDecoder = new ExpectationDecoder();
    private final Conntrack flow = new Conntrack();
    private final Expectation expectation = new Expectation();

    /** Whether messages of this type carry an entry. */
    static boolean isEntry(int type) {
        return type == ConntrackMessageType.NEW || type == ConntrackMessageType.DELETE || isExpectation(type);
    }

    private static boolean isExpectation(int type) {
        return type == ExpectationMessageType.NEW || type == ExpectationMessageType.DELETE;
    }

    /** What the message carries, valid until the next call; null where it is malformed. */
    ConntrackEntry decode(NetlinkMessage message) {
        ConntrackEntry entry = isExpectation(message.type()) ? expectation(message) : flow(message);
        return entry != null && entry.isSet() ? entry : null;
    }

    private ConntrackEntry expectation(NetlinkMessage message) {
        return expectationDecoder.decode(message, expectation) ? expectation : null;
    }

    private ConntrackEntry flow(NetlinkMessage message) {
        return flowDecoder.decode(message, flow) ? flow : null;
    }
}
