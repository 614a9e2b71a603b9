/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** Carries out a client command, once the configuration has told where the socket is. */
public final class ClientRun {
    private ClientRun() {
    }

    /**
     * Sends the command's request and prints the answer. A connection that breaks once it stands counts as the end of
     * the answer, as it does with conntrackd.
     *
     * @return exit status of the program: 0, or 1 when no daemon could be reached, which {@code err} is told
     */
    public static int run(ParsedCommand command, Path socket, OutputStream out, PrintStream err) {
        try {
            ControlClient.send(socket, command.request(), out);
            return 0;
        } catch (ControlConnectException e) {
            ConsoleLog.error(err, e.getMessage());
            return 1;
        } catch (IOException e) {
            return 0;
        }
    }
}
