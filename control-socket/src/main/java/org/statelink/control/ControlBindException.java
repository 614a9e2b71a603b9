/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import java.io.IOException;
import java.nio.file.Path;

/** The control socket could not be opened; the message is one line that names the path and the reason. */
public final class ControlBindException extends IOException {
    private static final long serialVersionUID = 1L;

    ControlBindException(Path socket, String reason, Throwable cause) {
        super("can't open control socket " + socket + ": " + reason, cause);
    }
}
