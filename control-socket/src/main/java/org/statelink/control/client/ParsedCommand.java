/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.PrintStream;
import java.util.List;

/**
 * What a command line asks for.
 *
 * @param kind what to do
 * @param request for {@link Kind#CLIENT}: the number to send; -1 where conntrackd sends that, namely when a word that
 *     it does not know was itself taken for an option
 * @param configFile path of the configuration file, as given
 * @param exitCode for {@link Kind#EXIT}: the exit status
 * @param messages what has to be printed before anything else is done
 */
public record ParsedCommand(Kind kind, int request, String configFile, int exitCode, List<Message> messages) {
    /** What a command line can ask for. */
    public enum Kind {
        /** Print the messages and end. */
        EXIT,
        /** Read the configuration, send the request to the running daemon, print its answer. */
        CLIENT,
        /** Tell what is wrong with the configuration, and what a daemon would do with it. */
        CHECK,
        /** Print the configuration as HOCON. */
        CONVERT,
        /** Start the daemon in the background. */
        DAEMON,
        /** Start the daemon in the foreground. */
        CONSOLE
    }

    /**
     * Something to print.
     *
     * @param level level of a message for the standard error; empty for a text for the standard output
     * @param text the message without its line feed, or the text
     */
    public record Message(String level, String text) {
        static Message output(String text) {
            return new Message("", text);
        }

        static Message warning(String text) {
            return new Message("warning", text);
        }

        static Message error(String text) {
            return new Message("ERROR", text);
        }
    }

    /** Prints the messages. */
    public void print(PrintStream out, PrintStream err) {
        for (Message message : messages) {
            if (message.level().isEmpty()) {
                out.print(message.text());
                out.flush();
            } else {
                ConsoleLog.line(err, message.level(), message.text());
            }
        }
    }
}
