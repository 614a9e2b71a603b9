/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/** Everything that the sync protocol counts. The number of a counter never changes; new ones go to the end. */
public enum SyncCounter {
    /** Total of the six kinds below. */
    MALFORMED("malformed", "Messages received that were refused, whatever the reason"),
    /** Check 7. */
    WRONG_VERSION("wrong_version", "Messages received whose protocol version is not ours"),
    /** Check 8. */
    MALFORMED_HEADER("malformed_header", "Messages received of unknown type or flags, or with an impossible range"),
    /** Check 11. */
    MALFORMED_PAYLOAD("malformed_payload", "State messages received whose attributes could not be understood"),
    /** Check 10. */
    BAD_TYPE("bad_type", "Messages received as state whose type is not a state"),
    /** Checks 1 and 4. */
    TRUNCATED("truncated", "Datagrams received that end within a header"),
    /** Checks 2, 3, 5, 6. */
    BAD_SIZE("bad_size", "Messages received with an impossible length"),
    /** As conntrackd counts: two more per gap than are missing. */
    LOST("lost", "Sequence numbers missing at a gap, plus two for each gap"),
    /** Old or repeated. */
    BEFORE("before", "Messages received whose sequence number had already passed"),
    /** Malformed on sending. */
    SEND_MALFORMED("send_malformed", "Messages that could not be sent because they do not fit into a datagram"),
    /** State in. */
    STATES_RECEIVED("states_received", "State messages received and applied"),
    /** State out. */
    STATES_SENT("states_sent", "State messages sent, those sent again included"),
    /** Sent again. */
    STATES_RESENT("states_resent", "Objects sent again because a peer did not receive them"),
    /** ACK in. */
    ACKS_RECEIVED("acks_received", "ACK messages received"),
    /** ACK out. */
    ACKS_SENT("acks_sent", "ACK messages sent"),
    /** NACK in. */
    NACKS_RECEIVED("nacks_received", "NACK messages received"),
    /** NACK out. */
    NACKS_SENT("nacks_sent", "NACK messages sent"),
    /** RESYNC in. */
    RESYNCS_RECEIVED("resyncs_received", "RESYNC messages received"),
    /** RESYNC out. */
    RESYNCS_SENT("resyncs_sent", "RESYNC messages sent"),
    /** ALIVE in. */
    ALIVES_RECEIVED("alives_received", "ALIVE messages received"),
    /** ALIVE out. */
    ALIVES_SENT("alives_sent", "ALIVE messages sent"),
    /** HELLO in. */
    HELLOS_RECEIVED("hellos_received", "Messages received with HELLO"),
    /** HELLO out. */
    HELLOS_SENT("hellos_sent", "Messages sent with HELLO"),
    /** HELLO_BACK in. */
    HELLO_BACKS_RECEIVED("hello_backs_received", "Messages received with HELLO_BACK"),
    /** HELLO_BACK out. */
    HELLO_BACKS_SENT("hello_backs_sent", "Messages sent with HELLO_BACK"),
    /** Resend queue was full. */
    RESEND_QUEUE_DROPS("resend_queue_drops", "Elements dropped unacknowledged because the resend queue was full"),
    /** Resend queue has no such number any more. */
    NACKS_UNANSWERED("nacks_unanswered", "Sequence numbers asked for again that the resend queue no longer had"),
    /** Transmit queue was full. */
    TRANSMIT_QUEUE_DROPS("transmit_queue_drops", "Elements dropped because the transmit queue was full"),
    /** Held back. */
    FLOW_CONTROL_HOLDS("flow_control_holds", "Times that sending paused until a peer acknowledged"),
    /** New peer. */
    PEERS_SEEN("peers_seen", "Peers heard for the first time"),
    /** Too many peers. */
    PEERS_REFUSED("peers_refused", "Messages received from one peer more than there is room for"),
    /** The output link failed. */
    LINK_FAILOVERS("link_failovers", "Times that another link took over because the output link went down"),
    /** The output link came back. */
    LINK_FALLBACKS("link_fallbacks", "Times that the link that is used first was used again");

    /** How many there are. */
    public static final int COUNT = values().length;

    private final String label;
    private final String sentence;

    SyncCounter(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** Number, from 0. */
    public int number() {
        return ordinal();
    }

    /** Name in metrics: lower case and underscores. */
    public String label() {
        return label;
    }

    /** One sentence on what it counts, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
