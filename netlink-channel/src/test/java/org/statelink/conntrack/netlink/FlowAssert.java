/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.SequenceAdjustment;

/** Compares flows field by field. */
final class FlowAssert {
    private FlowAssert() {
    }

    /** All that is known is equal; the reply tuple and the fields given aside. */
    static void assertSame(Conntrack actual, Conntrack expected, Field... except) {
        assertThat(actual.original()).isEqualTo(expected.original());
        assertThat(actual.master()).isEqualTo(expected.master());
        for (Field field : Field.values()) {
            if (!List.of(except).contains(field)) {
                assertThat(actual.has(field)).as("has %s", field).isEqualTo(expected.has(field));
                if (expected.has(field)) {
                    assertThat(value(actual, field)).as(field.name()).isEqualTo(value(expected, field));
                }
            }
        }
    }

    private static String value(Conntrack flow, Field field) {
        return switch (field) {
            case STATUS -> "" + flow.status();
            case TIMEOUT -> "" + flow.timeout();
            case MARK -> "" + flow.mark();
            case ZONE -> "" + flow.zone();
            case ID -> "" + flow.id();
            case USE -> "" + flow.use();
            case PROTOCOL_STATE -> "" + flow.protocol().state();
            case TCP_WINDOW_SCALE ->
                flow.protocol().windowScaleOriginal() + "/" + flow.protocol().windowScaleReply();
            case TCP_FLAGS -> flow.protocol().flagsOriginal() + "&" + flow.protocol().flagsMaskOriginal() + "/"
                + flow.protocol().flagsReply() + "&" + flow.protocol().flagsMaskReply();
            case SCTP_VTAG -> flow.protocol().vtagOriginal() + "/" + flow.protocol().vtagReply();
            case DCCP_ROLE -> "" + flow.protocol().role();
            case DCCP_HANDSHAKE_SEQUENCE -> "" + flow.protocol().handshakeSequence();
            case SNAT_ADDRESS -> flow.nat().sourceHigh() + ":" + flow.nat().sourceLow();
            case DNAT_ADDRESS -> flow.nat().destinationHigh() + ":" + flow.nat().destinationLow();
            case SNAT_PORT -> "" + flow.nat().sourcePort();
            case DNAT_PORT -> "" + flow.nat().destinationPort();
            case SEQUENCE_ADJUSTMENT -> text(flow.adjustOriginal()) + text(flow.adjustReply());
            case SYNPROXY -> flow.synproxy().isn() + "," + flow.synproxy().its() + "," + flow.synproxy().tsoff();
            case HELPER -> flow.helper().toString();
            case LABELS -> labels(flow);
            case COUNTERS_ORIGINAL -> flow.countersOriginal().packets() + "/" + flow.countersOriginal().bytes();
            case COUNTERS_REPLY -> flow.countersReply().packets() + "/" + flow.countersReply().bytes();
            case TIMESTAMP_START -> "" + flow.timestampStart();
            case TIMESTAMP_STOP -> "" + flow.timestampStop();
            case SECURITY_CONTEXT -> flow.securityContext();
        };
    }

    private static String text(SequenceAdjustment adjustment) {
        return adjustment.correctionPosition() + "," + adjustment.offsetBefore() + "," + adjustment.offsetAfter() + ";";
    }

    private static String labels(Conntrack flow) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < flow.labels().length(); i++) {
            text.append(flow.labels().word(i)).append(' ');
        }
        return text.toString();
    }
}
