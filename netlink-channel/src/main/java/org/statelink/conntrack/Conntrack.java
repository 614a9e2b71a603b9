/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/**
 * A tracked connection, as the kernel or a peer tells it: the original tuple, and whatever else is known.
 *
 * <p>Mutable and reused: {@link #clear()} forgets, codecs fill it again. Not thread safe; whoever hands one to a
 * listener says for how long it is valid. A value set through one of the parts ({@link #nat()}, {@link #protocol()},
 * …) counts only once {@link #mark(Field)} has been told of it.
 */
public final class Conntrack implements ConntrackEntry {
    private final Tuple original = new Tuple();
    private final Tuple reply = new Tuple();
    private final Tuple master = new Tuple();
    private final ProtocolInfo protocol = new ProtocolInfo();
    private final Nat nat = new Nat();
    private final SequenceAdjustment adjustOriginal = new SequenceAdjustment();
    private final SequenceAdjustment adjustReply = new SequenceAdjustment();
    private final Synproxy synproxy = new Synproxy();
    private final KernelName helper = new KernelName(KernelName.HELPER_LENGTH);
    private final Labels labels = new Labels();
    private final Counters countersOriginal = new Counters();
    private final Counters countersReply = new Counters();
    private long present;
    private int status;
    private int timeout;
    private int mark;
    private int zone;
    private int id;
    private int use;
    private long timestampStart;
    private long timestampStop;
    private String securityContext = "";

    /** Forgets everything. */
    public void clear() {
        original.clear();
        reply.clear();
        master.clear();
        present = 0;
    }

    /** Takes everything of another flow. */
    public void set(Conntrack other) {
        clear();
        original.set(other.original);
        merge(other);
    }

    /**
     * Takes what the other flow knows over what was known before, the original tuple excepted: the flow stays the
     * one it is. What the other does not know stays.
     */
    public void merge(Conntrack other) {
        if (other.reply.isSet()) {
            reply.set(other.reply);
        } else if (other.reply.zone() != 0) {
            reply.setZone(other.reply.zone());
        }
        if (other.master.isSet()) {
            master.set(other.master);
        }
        for (long rest = other.present; rest != 0; rest &= rest - 1) {
            take(Field.at(Long.numberOfTrailingZeros(rest)), other);
        }
        present |= other.present;
    }

    private void take(Field field, Conntrack other) {
        switch (field) {
            case STATUS -> status = other.status;
            case TIMEOUT -> timeout = other.timeout;
            case MARK -> mark = other.mark;
            case ZONE -> zone = other.zone;
            case ID -> id = other.id;
            case USE -> use = other.use;
            case PROTOCOL_STATE -> protocol.setState(other.protocol.state());
            case TCP_WINDOW_SCALE -> protocol.setWindowScales(other.protocol.windowScaleOriginal(),
                other.protocol.windowScaleReply());
            case TCP_FLAGS -> takeTcpFlags(other.protocol);
            case SCTP_VTAG -> protocol.setVtags(other.protocol.vtagOriginal(), other.protocol.vtagReply());
            case DCCP_ROLE -> protocol.setRole(other.protocol.role());
            case DCCP_HANDSHAKE_SEQUENCE -> protocol.setHandshakeSequence(other.protocol.handshakeSequence());
            case SNAT_ADDRESS -> nat.setSource(other.nat.sourceHigh(), other.nat.sourceLow());
            case DNAT_ADDRESS -> nat.setDestination(other.nat.destinationHigh(), other.nat.destinationLow());
            case SNAT_PORT -> nat.setSourcePort(other.nat.sourcePort());
            case DNAT_PORT -> nat.setDestinationPort(other.nat.destinationPort());
            case SEQUENCE_ADJUSTMENT -> takeAdjustments(other);
            case SYNPROXY -> synproxy.set(other.synproxy);
            case HELPER -> helper.set(other.helper);
            case LABELS -> labels.set(other.labels);
            case COUNTERS_ORIGINAL -> countersOriginal.set(other.countersOriginal);
            case COUNTERS_REPLY -> countersReply.set(other.countersReply);
            case TIMESTAMP_START -> timestampStart = other.timestampStart;
            case TIMESTAMP_STOP -> timestampStop = other.timestampStop;
            case SECURITY_CONTEXT -> securityContext = other.securityContext;
        }
    }

    private void takeTcpFlags(ProtocolInfo other) {
        protocol.setFlagsOriginal(other.flagsOriginal(), other.flagsMaskOriginal());
        protocol.setFlagsReply(other.flagsReply(), other.flagsMaskReply());
    }

    private void takeAdjustments(Conntrack other) {
        adjustOriginal.set(other.adjustOriginal);
        adjustReply.set(other.adjustReply);
    }

    @Override
    public int family() {
        return original.family();
    }

    @Override
    public boolean isSet() {
        return original.isSet();
    }

    /** Whether the field is known. */
    public boolean has(Field field) {
        return (present & field.bit()) != 0;
    }

    /** Says that the field is known, after its part was filled. */
    public void mark(Field field) {
        present |= field.bit();
    }

    /** Forgets one field. */
    public void forget(Field field) {
        present &= ~field.bit();
    }

    /** Tuple of the original direction. */
    public Tuple original() {
        return original;
    }

    /** Tuple of the reply direction; not set for what a peer sent, of which no more than its zone is known. */
    public Tuple reply() {
        return reply;
    }

    /** Original tuple of the master; set for related flows only. */
    public Tuple master() {
        return master;
    }

    /** State of TCP, SCTP or DCCP. */
    public ProtocolInfo protocol() {
        return protocol;
    }

    /** What translation made of the flow. */
    public Nat nat() {
        return nat;
    }

    /** TCP sequence adjustment, original direction. */
    public SequenceAdjustment adjustOriginal() {
        return adjustOriginal;
    }

    /** TCP sequence adjustment, reply direction. */
    public SequenceAdjustment adjustReply() {
        return adjustReply;
    }

    /** SYN proxy state. */
    public Synproxy synproxy() {
        return synproxy;
    }

    /** Name of the helper. */
    public KernelName helper() {
        return helper;
    }

    /** Connection labels. */
    public Labels labels() {
        return labels;
    }

    /** Packets and bytes, original direction. */
    public Counters countersOriginal() {
        return countersOriginal;
    }

    /** Packets and bytes, reply direction. */
    public Counters countersReply() {
        return countersReply;
    }

    /** Sets the {@link Status} bits, and that they are known. */
    public void setStatus(int status) {
        this.status = status;
        mark(Field.STATUS);
    }

    /** Sets the seconds left, and that they are known. */
    public void setTimeout(int timeout) {
        this.timeout = timeout;
        mark(Field.TIMEOUT);
    }

    /** Sets the packet mark, and that it is known. */
    public void setMark(int mark) {
        this.mark = mark;
        mark(Field.MARK);
    }

    /** Sets the zone of both directions (unsigned 16 bits), and that it is known. */
    public void setZone(int zone) {
        this.zone = zone;
        mark(Field.ZONE);
    }

    /** Sets the kernel's identifier, and that it is known. */
    public void setId(int id) {
        this.id = id;
        mark(Field.ID);
    }

    /** Sets the kernel's use count, and that it is known. */
    public void setUse(int use) {
        this.use = use;
        mark(Field.USE);
    }

    /** Sets the start, nanoseconds since the epoch, and that it is known. */
    public void setTimestampStart(long nanos) {
        timestampStart = nanos;
        mark(Field.TIMESTAMP_START);
    }

    /** Sets the end, nanoseconds since the epoch, and that it is known. */
    public void setTimestampStop(long nanos) {
        timestampStop = nanos;
        mark(Field.TIMESTAMP_STOP);
    }

    /** Sets the security context, and that it is known. */
    public void setSecurityContext(String context) {
        securityContext = context;
        mark(Field.SECURITY_CONTEXT);
    }

    /** {@link Status} bits; 0 where not known. */
    public int status() {
        return has(Field.STATUS) ? status : 0;
    }

    /** Seconds left, as last told; 0 where not known. */
    public int timeout() {
        return has(Field.TIMEOUT) ? timeout : 0;
    }

    /** Packet mark; 0 where not known. */
    public int mark() {
        return has(Field.MARK) ? mark : 0;
    }

    /** Zone of both directions; 0 where not known. */
    public int zone() {
        return has(Field.ZONE) ? zone : 0;
    }

    /** Kernel's identifier; 0 where not known. */
    public int id() {
        return has(Field.ID) ? id : 0;
    }

    /** Kernel's use count; 0 where not known. */
    public int use() {
        return has(Field.USE) ? use : 0;
    }

    /** Start, nanoseconds since the epoch; 0 where not known. */
    public long timestampStart() {
        return has(Field.TIMESTAMP_START) ? timestampStart : 0;
    }

    /** End, nanoseconds since the epoch; 0 where not known. */
    public long timestampStop() {
        return has(Field.TIMESTAMP_STOP) ? timestampStop : 0;
    }

    /** Security context; empty where not known. */
    public String securityContext() {
        return has(Field.SECURITY_CONTEXT) ? securityContext : "";
    }
}
