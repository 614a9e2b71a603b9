/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

/** What becomes of a changed option. */
public enum Effect {
    /** The running daemon follows. */
    LIVE("changed: "),
    /** It holds from the next start on. */
    RESTART("needs a restart: "),
    /** This daemon has no use for it. */
    NONE("without effect: ");

    private final String label;

    Effect(String label) {
        this.label = label;
    }

    /** What a line about such a change begins with. */
    public String label() {
        return label;
    }
}
