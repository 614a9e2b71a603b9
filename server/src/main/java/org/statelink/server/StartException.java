/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

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
}
