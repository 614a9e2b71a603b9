/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

/** The daemon cannot start. The message is one line for the operator: what, where, and what to do. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A reason of our own. */
    public StartException(String message) {
        super(message);
    }

    /** A reason found by somebody else. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What could not be done, and the reason in the words of whoever found it. */
    public static StartException because(String what, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String advice = reason.contains("not permitted") ? " (the daemon needs CAP_NET_ADMIN)" : "";
        return new StartException(what + ": " + reason + advice, cause);
    }
}
