/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/** Flags of a message, one byte. Source: docs of conntrackd's wire protocol, section 2. */
public final class MessageFlags {
    /** Never sent; state messages that have it are refused. */
    public static final int UNUSED = 0x01;
    /** Control: asks for everything. */
    public static final int RESYNC = 0x02;
    /** Control: the range was not received. */
    public static final int NACK = 0x04;
    /** Control: the range was received. */
    public static final int ACK = 0x08;
    /** Control: the sender lives. */
    public static final int ALIVE = 0x10;
    /** On any message: the sender has not been greeted back since it started. */
    public static final int HELLO = 0x20;
    /** On any message: greets back. */
    public static final int HELLO_BACK = 0x40;

    /** The flags that may be on any message. */
    public static final int HELLO_MASK = HELLO | HELLO_BACK;
    /** The flags of the control messages that name a range. */
    public static final int RANGE_MASK = RESYNC | NACK | ACK;

    private MessageFlags() {
    }

    /** Text for logs, such as {@code ACK|HELLO}; {@code 0} for none. */
    public static String format(int flags) {
        StringBuilder text = new StringBuilder();
        append(text, flags, UNUSED, "UNUSED");
        append(text, flags, RESYNC, "RESYNC");
        append(text, flags, NACK, "NACK");
        append(text, flags, ACK, "ACK");
        append(text, flags, ALIVE, "ALIVE");
        append(text, flags, HELLO, "HELLO");
        append(text, flags, HELLO_BACK, "HELLO_BACK");
        append(text, flags, 0x80, "0x80");
        return text.isEmpty() ? "0" : text.toString();
    }

    private static void append(StringBuilder text, int flags, int flag, String name) {
        if ((flags & flag) != 0) {
            text.append(text.isEmpty() ? "" : "|").append(name);
        }
    }
}
