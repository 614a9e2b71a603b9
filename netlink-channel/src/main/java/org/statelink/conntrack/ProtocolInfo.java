/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** Protocol state of a flow ({@code CTA_PROTOINFO}): TCP, SCTP or DCCP. Which parts are known, the flow says. */
public final class ProtocolInfo {
    private int state;
    private int windowScaleOriginal;
    private int windowScaleReply;
    private int flagsOriginal;
    private int flagsMaskOriginal;
    private int flagsReply;
    private int flagsMaskReply;
    private int vtagOriginal;
    private int vtagReply;
    private int role;
    private long handshakeSequence;

    /** Number of the TCP, SCTP or DCCP state, unsigned 8 bits. */
    public void setState(int state) {
        this.state = state;
    }

    /** TCP window scales, original then reply direction. */
    public void setWindowScales(int original, int reply) {
        windowScaleOriginal = original;
        windowScaleReply = reply;
    }

    /** TCP flags ({@code IP_CT_TCP_FLAG_*}) of the original direction, and which of them a write changes. */
    public void setFlagsOriginal(int flags, int mask) {
        flagsOriginal = flags;
        flagsMaskOriginal = mask;
    }

    /** TCP flags of the reply direction, and which of them a write changes. */
    public void setFlagsReply(int flags, int mask) {
        flagsReply = flags;
        flagsMaskReply = mask;
    }

    /** SCTP verification tags, original then reply direction. */
    public void setVtags(int original, int reply) {
        vtagOriginal = original;
        vtagReply = reply;
    }

    /** DCCP role. */
    public void setRole(int role) {
        this.role = role;
    }

    /** DCCP handshake sequence, 48 bits. */
    public void setHandshakeSequence(long sequence) {
        handshakeSequence = sequence;
    }

    /** See {@link #setState}. */
    public int state() {
        return state;
    }

    /** See {@link #setWindowScales}. */
    public int windowScaleOriginal() {
        return windowScaleOriginal;
    }

    /** See {@link #setWindowScales}. */
    public int windowScaleReply() {
        return windowScaleReply;
    }

    /** See {@link #setFlagsOriginal}. */
    public int flagsOriginal() {
        return flagsOriginal;
    }

    /** See {@link #setFlagsOriginal}. */
    public int flagsMaskOriginal() {
        return flagsMaskOriginal;
    }

    /** See {@link #setFlagsReply}. */
    public int flagsReply() {
        return flagsReply;
    }

    /** See {@link #setFlagsReply}. */
    public int flagsMaskReply() {
        return flagsMaskReply;
    }

    /** See {@link #setVtags}. */
    public int vtagOriginal() {
        return vtagOriginal;
    }

    /** See {@link #setVtags}. */
    public int vtagReply() {
        return vtagReply;
    }

    /** See {@link #setRole}. */
    public int role() {
        return role;
    }

    /** See {@link #setHandshakeSequence}. */
    public long handshakeSequence() {
        return handshakeSequence;
    }
}
