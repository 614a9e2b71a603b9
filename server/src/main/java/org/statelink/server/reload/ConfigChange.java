/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

/**
 * One difference between two configurations.
 *
 * @param option what differs
 * @param effect what becomes of it
 * @param text from what to what, in one line
 */
public record ConfigChange(ReloadOption option, Effect effect, String text) {
    /** One line for the operator. */
    @Override
    public String toString() {
        return effect.label() + text;
    }
}
