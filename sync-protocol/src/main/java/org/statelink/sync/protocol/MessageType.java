/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/** Types of message; numbers not named here are refused. Source: docs of conntrackd's wire protocol, section 2. */
public final class MessageType {
    /** State of a flow that was added and not updated since. */
    public static final int CT_NEW = 0;
    /** State of a flow that was updated; it may be new to the receiver. */
    public static final int CT_UPDATE = 1;
    /** A flow that ended; it may be unknown to the receiver. */
    public static final int CT_DELETE = 2;
    /** State of an expectation that was added. */
    public static final int EXP_NEW = 3;
    /** State of an expectation that was updated. */
    public static final int EXP_UPDATE = 4;
    /** An expectation that ended. */
    public static final int EXP_DELETE = 5;
    /** Control: {@link MessageFlags} say what it is. */
    public static final int CONTROL = 10;

    private MessageType() {
    }

    /** Whether messages of this type carry state, of a flow or of an expectation. */
    public static boolean isState(int type) {
        return type >= CT_NEW && type <= EXP_DELETE;
    }

    /** Whether messages of this type carry a flow. */
    public static boolean isConntrack(int type) {
        return type >= CT_NEW && type <= CT_DELETE;
    }

    /** Whether messages of this type carry an expectation. */
    public static boolean isExpectation(int type) {
        return type >= EXP_NEW && type <= EXP_DELETE;
    }

    /** Name for logs. */
    public static String nameOf(int type) {
        return switch (type) {
            case CT_NEW -> "CT_NEW";
            case CT_UPDATE -> "CT_UPD";
            case CT_DELETE -> "CT_DEL";
            case EXP_NEW -> "EXP_NEW";
            case EXP_UPDATE -> "EXP_UPD";
            case EXP_DELETE -> "EXP_DEL";
            case CONTROL -> "CTL";
            default -> "type " + type;
        };
    }
}
