/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.statelink.control.ControlRequest;

/** Carries out a client command, once the configuration has told where the socket is. */
public final class ClientRun {
    private ClientRun() {
    }

    /**
     * Sends the command's request and prints the answer. A connection that breaks once it stands counts as the end of
     * the answer, as it does with conntrackd.
     *
     * @return exit status of the program: 0, or 1 when no daemon could be reached, which {@code err} is told, or when
     *     it did not reload
     */
    public static int run(ParsedCommand command, Path socket, OutputStream out, PrintStream err) {
        if (command.request() == ControlRequest.RELOAD.number()) {
            return reload(socket, out, err);
        }
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

    private static int reload(Path socket, OutputStream out, PrintStream err) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            ControlClient.send(socket, ControlRequest.RELOAD.number(), answer);
            answer.writeTo(out);
            out.flush();
        } catch (ControlConnectException e) {
            ConsoleLog.error(err, e.getMessage());
            return 1;
        } catch (IOException e) {
            ConsoleLog.error(err, "the connection to the daemon broke: " + e.getMessage());
            return 1;
        }
        if (answer.size() == 0) {
            ConsoleLog.error(err, "the running daemon knows no reload; restart it");
        }
        return answer.toString(StandardCharsets.UTF_8).startsWith(ControlRequest.RELOADED) ? 0 : 1;
    }
}
