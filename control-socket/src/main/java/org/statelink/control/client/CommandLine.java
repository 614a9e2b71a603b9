/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.util.ArrayList;
import java.util.List;
import org.statelink.control.ControlRequest;
import org.statelink.control.client.ParsedCommand.Kind;
import org.statelink.control.client.ParsedCommand.Message;

/**
 * Reads the command line of conntrackd, with all its habits: only the second character of an argument tells the
 * option, a word may be cut to any prefix of it, the last command wins. Source: docs of conntrackd's control socket,
 * section 5, and what the program of version 1.4.7 does.
 *
 * <p>conntrackd has no long options; ours are known by their exact words where it would end with its usage. So
 * is {@code -S} of its first versions.
 */
public final class CommandLine {
    /** Where the configuration is unless {@code -C} says otherwise. */
    public static final String DEFAULT_CONFIG_FILE = "/etc/conntrackd/conntrackd.conf";

    private static final int MAX_PATH = 4096;
    private static final int NO_REQUEST = -1;

    private final String[] arguments;
    private final List<Message> messages = new ArrayList<>();
    private int next;
    private Kind kind = Kind.CONSOLE;
    private int request = NO_REQUEST;
    private String configFile = "";
    private boolean json;
    private int exitCode;

    private CommandLine(String[] arguments) {
        this.arguments = arguments;
    }

    /** Reads the arguments; never fails, since what is wrong with them is part of the result. */
    public static ParsedCommand parse(String[] arguments) {
        return new CommandLine(arguments).parse();
    }

    private ParsedCommand parse() {
        while (next < arguments.length && kind != Kind.EXIT) {
            String argument = arguments[next++];
            if (!longOption(argument)) {
                option(argument, argument.length() < 2 ? '\0' : argument.charAt(1));
            }
        }
        if (json && kind != Kind.EXIT) {
            toJson();
        }
        String file = configFile.isEmpty() ? DEFAULT_CONFIG_FILE : configFile;
        return new ParsedCommand(kind, request, file, exitCode, List.copyOf(messages));
    }

    private boolean longOption(String argument) {
        switch (argument) {
            case "--check" -> enter(Kind.CHECK);
            case "--convert" -> enter(Kind.CONVERT);
            case "--reload" -> ask(ControlRequest.RELOAD);
            case "--promote" -> ask(ControlRequest.PROMOTE);
            case "--demote" -> ask(ControlRequest.DEMOTE);
            case "--status" -> ask(ControlRequest.STATUS);
            case "--help" -> exitWith(UsageText.USAGE);
            case "-o" -> output();
            case "-S" -> { } // once asked for statistics mode, of which now the configuration tells
            default -> {
                return false;
            }
        }
        return true;
    }

    private void option(String argument, char letter) {
        switch (letter) {
            case 'd' -> enter(Kind.DAEMON);
            case 'C' -> configFile();
            case 'v' -> exitWith(UsageText.VERSION);
            case 'h' -> exitWith(UsageText.USAGE);
            case 'x' -> toXml();
            default -> {
                if (!command(letter)) {
                    fail("Unknown option: ", argument, 0);
                }
            }
        }
    }

    private boolean command(char letter) {
        switch (letter) {
            case 'c' -> byTable(ControlRequest.ALL_COMMIT, ControlRequest.CT_COMMIT, ControlRequest.EXP_COMMIT);
            case 'i' -> byTable(ControlRequest.CT_DUMP_INTERNAL, ControlRequest.CT_DUMP_INTERNAL,
                ControlRequest.EXP_DUMP_INTERNAL);
            case 'e' -> byTable(ControlRequest.CT_DUMP_EXTERNAL, ControlRequest.CT_DUMP_EXTERNAL,
                ControlRequest.EXP_DUMP_EXTERNAL);
            case 'F' -> byTable(ControlRequest.ALL_FLUSH_MASTER, ControlRequest.CT_FLUSH_MASTER,
                ControlRequest.EXP_FLUSH_MASTER);
            case 'R' -> byTable(ControlRequest.ALL_RESYNC_MASTER, ControlRequest.CT_RESYNC_MASTER,
                ControlRequest.EXP_RESYNC_MASTER);
            case 'f' -> flushCache();
            case 's' -> statistics();
            case 'n' -> ask(ControlRequest.REQUEST_DUMP);
            case 'B' -> ask(ControlRequest.SEND_BULK);
            case 't' -> ask(ControlRequest.RESET_TIMERS);
            case 'k' -> ask(ControlRequest.KILL);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ask(ControlRequest what) {
        if (enter(Kind.CLIENT)) {
            request = what.number();
        }
    }

    /** A word that is no table is not taken: it is the next option then, and the request stays what it was. */
    private void byTable(ControlRequest plain, ControlRequest connections, ControlRequest expectations) {
        if (!enter(Kind.CLIENT)) {
            return;
        }
        String word = peekWord();
        if (word == null) {
            request = plain.number();
        } else if ("ct".startsWith(word)) {
            take(connections);
        } else if ("expect".startsWith(word)) {
            take(expectations);
        }
    }

    private void take(ControlRequest what) {
        request = what.number();
        next++;
    }

    private void flushCache() {
        if (!enter(Kind.CLIENT)) {
            return;
        }
        String word = peekWord();
        if (word == null) {
            request = ControlRequest.ALL_FLUSH_CACHE.number();
        } else if ("internal".startsWith(word)) {
            take(ControlRequest.CT_FLUSH_INT_CACHE);
        } else if ("external".startsWith(word)) {
            take(ControlRequest.CT_FLUSH_EXT_CACHE);
        } else {
            unknownParameter(word, "-f");
        }
    }

    private void statistics() {
        if (!enter(Kind.CLIENT)) {
            return;
        }
        String word = peekWord();
        if (word == null) {
            request = ControlRequest.STATS.number();
            return;
        }
        StatisticsWord found = StatisticsWord.find(word);
        if (found == null) {
            unknownParameter(word, "-s");
            return;
        }
        if (found == StatisticsWord.MULTICAST) {
            messages.add(Message.warning("use `link' instead of `multicast' as parameter."));
        }
        take(found.request());
    }

    private void toXml() {
        if (request == ControlRequest.CT_DUMP_INTERNAL.number()) {
            request = ControlRequest.CT_DUMP_INT_XML.number();
        } else if (request == ControlRequest.CT_DUMP_EXTERNAL.number()) {
            request = ControlRequest.CT_DUMP_EXT_XML.number();
        } else if (request == ControlRequest.EXP_DUMP_INTERNAL.number()) {
            request = ControlRequest.EXP_DUMP_INT_XML.number();
        } else if (request == ControlRequest.EXP_DUMP_EXTERNAL.number()) {
            request = ControlRequest.EXP_DUMP_EXT_XML.number();
        } else {
            fail("Invalid parameters", "", 1);
        }
    }

    /** Says how to answer the command, be that before it or behind it. */
    private void output() {
        String word = peekWord();
        if (word == null || !word.equals("json")) {
            fail("Unknown option: ", "-o", 0);
        } else {
            json = true;
            next++;
        }
    }

    private void toJson() {
        ControlRequest asked = ControlRequest.valueOf(request).flatMap(ControlRequest::asJson).orElse(null);
        if (kind == Kind.CLIENT && asked != null) {
            request = asked.number();
        } else {
            fail("Invalid parameters", "", 1);
        }
    }

    private void configFile() {
        if (next == arguments.length) {
            messages.add(Message.output(UsageText.USAGE));
            messages.add(Message.error("Missing config filename"));
            return;
        }
        configFile = arguments[next++];
        if (configFile.length() > MAX_PATH) {
            messages.add(Message.warning("Path to config file to long. Cutting it down to 4096 characters"));
        }
        if (configFile.length() >= MAX_PATH) {
            configFile = configFile.substring(0, MAX_PATH - 1);
        }
    }

    /** The next argument, unless there is none or it begins with a dash. It is not taken yet. */
    private String peekWord() {
        return next == arguments.length || arguments[next].startsWith("-") ? null : arguments[next];
    }

    private boolean enter(Kind wanted) {
        if (kind != Kind.CONSOLE && kind != wanted) {
            fail("Invalid parameters", "", 1);
            return false;
        }
        kind = wanted;
        return true;
    }

    private void exitWith(String text) {
        messages.add(Message.output(text));
        exit(0);
    }

    private void fail(String text, String argument, int code) {
        messages.add(Message.output(UsageText.USAGE));
        messages.add(Message.error(text.concat(argument)));
        exit(code);
    }

    private void unknownParameter(String word, String option) {
        messages.add(Message.error("unknown parameter `" + word + "' for option `" + option + "'"));
        exit(1);
    }

    private void exit(int code) {
        kind = Kind.EXIT;
        exitCode = code;
    }
}
