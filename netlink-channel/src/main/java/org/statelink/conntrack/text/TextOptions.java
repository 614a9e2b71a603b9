/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.ZoneId;

/**
 * What to show of an entry beside the usual; the output types of conntrack's {@code -o}. Immutable: an output that
 * shows many entries makes its options once.
 *
 * @param event the event that the entry is shown for
 * @param extended whether plain text begins with the layer-3 protocol
 * @param id whether plain text shows the kernel's identifier; XML always does
 * @param timestamps whether start and stop are shown
 * @param when whether XML tells the time of the output
 * @param labels names for the labels; null for no labels
 * @param zone for start and stop in plain text, and for the time of the output
 */
public record TextOptions(EventTag event, boolean extended, boolean id, boolean timestamps, boolean when,
        LabelNames labels, ZoneId zone) {
    /** Nothing beside the usual: what conntrackd shows. */
    public static final TextOptions PLAIN =
        new TextOptions(EventTag.NONE, false, false, false, false, null, ZoneId.systemDefault());

    /** Shown for an event. */
    public TextOptions withEvent(EventTag tag) {
        return new TextOptions(tag, extended, id, timestamps, when, labels, zone);
    }

    /** With the layer-3 protocol. */
    public TextOptions withExtended() {
        return new TextOptions(event, true, id, timestamps, when, labels, zone);
    }

    /** With the kernel's identifier. */
    public TextOptions withId() {
        return new TextOptions(event, extended, true, timestamps, when, labels, zone);
    }

    /** With start and stop. */
    public TextOptions withTimestamps() {
        return new TextOptions(event, extended, id, true, when, labels, zone);
    }

    /** With the time of the output. */
    public TextOptions withWhen() {
        return new TextOptions(event, extended, id, timestamps, true, labels, zone);
    }

    /** With labels, by these names. */
    public TextOptions withLabels(LabelNames names) {
        return new TextOptions(event, extended, id, timestamps, when, names, zone);
    }

    /** With times of another zone than the system's. */
    public TextOptions withZone(ZoneId other) {
        return new TextOptions(event, extended, id, timestamps, when, labels, other);
    }
}
