/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

/** Which event an entry is shown for, if any. */
public enum EventTag {
    /** Not an event. */
    NONE("", ""),
    /** The flow was created. */
    NEW("    [NEW] ", " type=\"new\""),
    /** The flow was changed. */
    UPDATE(" [UPDATE] ", " type=\"update\""),
    /** The flow was removed. */
    DESTROY("[DESTROY] ", " type=\"destroy\"");

    private final String plain;
    private final String xml;

    EventTag(String plain, String xml) {
        this.plain = plain;
        this.xml = xml;
    }

    /** With the space that follows it. */
    String plain() {
        return plain;
    }

    /** As an attribute, with the space before it. */
    String xml() {
        return xml;
    }
}
