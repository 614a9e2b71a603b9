/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A daemon as its control socket shows it, wherever it runs. */
public interface Controlled {
    /** Sends a request over the control socket and returns the answer. */
    String ask(ControlSocket.Request request) throws IOException;

    /** The number after a label in the answer to a request, for example "Packets lost". */
    default long counter(ControlSocket.Request request, String label) throws IOException {
        return number(ask(request), Pattern.quote(label) + ":\\s+(\\d+)");
    }

    /** The datagrams or pieces of a stream that came over the dedicated link. */
    default long received() throws IOException {
        return number(ask(ControlSocket.Request.STATS), "(\\d+) Pckts recv");
    }

    /** The number of connections in the internal or external cache, without a dump. */
    default long cached(String cache) throws IOException {
        String answer = ask(ControlSocket.Request.STATS);
        return number(answer, "cache " + cache + ":\\s+current active connections:\\s+(\\d+)");
    }

    /** The external cache, comparable with a kernel's {@link Kernel#flowsAsCached()}. */
    default SortedSet<String> externalCache() throws IOException {
        return flows(ask(ControlSocket.Request.DUMP_EXTERNAL));
    }

    default SortedSet<String> internalCache() throws IOException {
        return flows(ask(ControlSocket.Request.DUMP_INTERNAL));
    }

    /** The lines of a dump, comparable with a kernel's {@link Kernel#flowsAsCached()}. */
    static SortedSet<String> flows(String dump) {
        SortedSet<String> flows = new TreeSet<>();
        dump.lines().map(FlowText::fromAnswer).forEach(flows::add);
        return flows;
    }

    /** Writes each answer that is no order into a file of its own. */
    default void saveAnswers(Path folder) throws IOException {
        for (ControlSocket.Request request : ControlSocket.Request.values()) {
            if (!request.isOrder()) {
                Files.writeString(folder.resolve(request.name().toLowerCase(Locale.ROOT)), ask(request));
            }
        }
    }

    /** The number that a pattern's group finds in a text. */
    static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in%n%s", pattern, text).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
