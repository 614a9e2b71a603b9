/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import java.io.IOException;

/** A dedicated link cannot be opened. The message is one line for the operator. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** There is no interface of this name. */
        UNKNOWN_INTERFACE,
        /** The interface has no address that would serve. */
        NO_ADDRESS,
        /** No interface of this host has the address. */
        ADDRESS_NOT_ON_HOST,
        /** The options contradict each other, or belong to another transport. */
        BAD_OPTIONS,
        /** There is no transport of this name. */
        UNKNOWN_TRANSPORT,
        /** The kernel refused; the cause tells. */
        SOCKET
    }

    private final Reason reason;

    /** Without a cause. */
    public LinkException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** With a cause. */
    public LinkException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
