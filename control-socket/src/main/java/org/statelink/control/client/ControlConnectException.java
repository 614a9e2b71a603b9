/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;

/** No daemon answers at the socket, or not to this user. */
public final class ControlConnectException extends IOException {
    private static final long serialVersionUID = 1L;

    ControlConnectException(Throwable cause) {
        super("can't connect: is conntrackd running? appropriate permissions?", cause);
    }
}
