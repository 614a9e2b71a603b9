/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

/** The names of connection labels, as {@code connlabel.conf} gives them. */
@FunctionalInterface
public interface LabelNames {
    /** The name of the label with that number; null if it has none. */
    String name(int label);
}
