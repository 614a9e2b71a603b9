/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.statelink.control.ControlRequest;

/** Carries out a client command, once the configuration has told where the socket is. */
public final class ClientRun {
    private ClientRun() {
    }

    /**
     * Sends the command's request and prints the answer. A connection that breaks once it stands counts as the end of
     * the answer, as it does with conntrackd; not so with commands that conntrackd does not have.
     *
     * @return exit status of the program: 0, or 1 when no daemon could be reached or it does not know the command,
     *     which {@code err} is told, or when it did not do what it was to do, which the answer tells
     */
    public static int run(ParsedCommand command, Path socket, OutputStream out, PrintStream err) {
        Answer answer = new Answer(out);
        try {
            ControlClient.send(socket, command.request(), answer);
        } catch (ControlConnectException e) {
            ConsoleLog.error(err, e.getMessage());
            return 1;
        } catch (IOException e) {
            if (isOurs(command.request())) {
                ConsoleLog.error(err, "the connection to the daemon broke: ".concat(e.getMessage()));
                return 1;
            }
        }
        return isOurs(command.request()) ? judge(command.request(), answer, err) : 0;
    }

    private static boolean isOurs(int request) {
        return ControlRequest.valueOf(request).filter(ControlRequest::isOurs).isPresent();
    }

    private static int judge(int request, Answer answer, PrintStream err) {
        if (answer.isEmpty()) {
            ConsoleLog.error(err, "the running daemon does not know this command; restart it");
            return 1;
        }
        return answer.begins(successOf(request)) ? 0 : 1;
    }

    /** How an answer begins that tells of success. */
    private static String successOf(int request) {
        return request == ControlRequest.RELOAD.number() ? ControlRequest.RELOADED
            : request == ControlRequest.PROMOTE.number() ? ControlRequest.PROMOTED
            : request == ControlRequest.DEMOTE.number() ? ControlRequest.DEMOTED : "";
    }
}
