/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** TCP sequence adjustment of one direction ({@code CTA_SEQ_ADJ_*}), three unsigned 32-bit values. */
public final class SequenceAdjustment {
    private int correctionPosition;
    private int offsetBefore;
    private int offsetAfter;

    /** Takes all three values. */
    public void set(int correctionPosition, int offsetBefore, int offsetAfter) {
        this.correctionPosition = correctionPosition;
        this.offsetBefore = offsetBefore;
        this.offsetAfter = offsetAfter;
    }

    void set(SequenceAdjustment other) {
        set(other.correctionPosition, other.offsetBefore, other.offsetAfter);
    }

    /** {@code CTA_SEQADJ_CORRECTION_POS}. */
    public int correctionPosition() {
        return correctionPosition;
    }

    /** {@code CTA_SEQADJ_OFFSET_BEFORE}. */
    public int offsetBefore() {
        return offsetBefore;
    }

    /** {@code CTA_SEQADJ_OFFSET_AFTER}. */
    public int offsetAfter() {
        return offsetAfter;
    }
}
