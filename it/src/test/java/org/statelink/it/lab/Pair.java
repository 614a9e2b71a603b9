/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/** Which program runs on which of two nodes. Node 1 is the one that dies. */
public enum Pair {
    OURS_AND_OURS(Program.OURS, Program.OURS),
    OURS_AND_REFERENCE(Program.OURS, Program.REFERENCE),
    REFERENCE_AND_OURS(Program.REFERENCE, Program.OURS),
    REFERENCE_AND_REFERENCE(Program.REFERENCE, Program.REFERENCE);

    private final Program first;
    private final Program second;

    Pair(Program first, Program second) {
        this.first = first;
        this.second = second;
    }

    public Program first() {
        return first;
    }

    public Program second() {
        return second;
    }

    /** The connections that this pair can carry whole. */
    public FlowMix flows() {
        boolean complete = this == OURS_AND_OURS && !Program.OURS.path().equals(Program.REFERENCE.path());
        return complete ? FlowMix.complete() : FlowMix.knownToReference();
    }
}
