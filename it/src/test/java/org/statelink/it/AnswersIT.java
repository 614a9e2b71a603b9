/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.DedicatedLink;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Expected;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/**
 * Scripts must not notice the exchange: whatever conntrackd's client asks, by full word or short one, it hears from
 * ours what it hears from conntrackd in the same situation, and what it orders has the same effect. So does our client.
 */
@Tag("netns")
@Tag("interop")
@Timeout(180)
class AnswersIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 160;
    private static final List<Expected> EXPECTED = Expected.ofEveryKind();
    /** Those that conntrackd commits as they are: without class and translation. */
    private static final List<Expected> PLAIN = EXPECTED.subList(0, 3);

    private static final List<String> STATISTICS = List.of("-s", "-s network", "-s n", "-s cache", "-s c", "-s runtime",
        "-s run", "-s r", "-s multicast", "-s m", "-s link", "-s l", "-s rsqueue", "-s rs", "-s process", "-s p",
        "-s queue", "-s q", "-s ct", "-s expect", "-s exp", "-s e", "-s nonsense", "-x");
    private static final List<String> DUMPS = List.of("-i", "-i ct", "-i c", "-i -x", "-i ct -x", "-i expect", "-i exp",
        "-i e -x", "-i nonsense", "-e", "-e ct", "-e c", "-e -x", "-e c -x", "-e expect", "-e e", "-e expect -x",
        "-e nonsense", "-i -n -e");
    /**
     * In this order each one finds something to do. Before flows are flushed, expectations are: conntrackd keeps those
     * whose master is gone.
     */
    private static final List<String> ORDERS = List.of("-f nonsense", "-c nonsense", "-F nonsense", "-R nonsense",
        "-f internal", "-R", "-f i", "-R c", "-R e", "-f external", "-n", "-f ext", "-nfoo", "-B", "-F e", "-F expect",
        "-R expect", "-c ct", "-c expect", "-f", "-R ct", "-F ct", "-n", "-c", "-F expect", "-F", "-n -B", "-c c",
        "-c e", "-F e", "-F c", "-t");

    @RegisterExtension
    final Lab conntrackd = new Lab("conntrackd");
    @RegisterExtension
    final Lab exchanged = new Lab("exchanged");

    /** What may make an answer another one. */
    enum Situation {
        FTFW_OVER_TCP("FTFW", DedicatedLink.TCP_IPV4, "", "ExpectationSync on"),
        FTFW_INTO_THE_KERNEL("FTFW", DedicatedLink.UDP_IPV4, "DisableExternalCache on", "ExpectationSync on"),
        NOTRACK_OVER_UDP("NOTRACK", DedicatedLink.UDP_IPV4, "", "ExpectationSync on"),
        /** And without expectations: conntrackd keeps most of them to itself if it has no internal cache. */
        NOTRACK_WITHOUT_CACHES("NOTRACK", DedicatedLink.MULTICAST_IPV4,
            "DisableInternalCache on\nDisableExternalCache on", ""),
        ALARM_OVER_MULTICAST("ALARM", DedicatedLink.MULTICAST_IPV4, "RefreshTime 1", "ExpectationSync on");

        private final String mode;
        private final DedicatedLink link;
        private final String lines;
        private final String options;

        Situation(String mode, DedicatedLink link, String lines, String options) {
            this.mode = mode;
            this.link = link;
            this.lines = lines;
            this.options = options;
        }

        private ConfigFile of(ConfigFile config, boolean peer) {
            return config.link(link).modeName(mode).mode(peer ? lines.replaceAll("Disable.*", "") : lines)
                .options(options);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerAndObeyAsConntrackdDoes(Situation situation) {
        exchange(Program.OURS, Program.REFERENCE, situation);
    }

    @Test
    void shouldAskAndOrderAsConntrackdsClientDoes() {
        exchange(Program.REFERENCE, Program.OURS, Situation.NOTRACK_OVER_UDP);
    }

    /** What conntrackd does with its own client, a daemon does with a client of which one is ours. */
    private void exchange(Program daemon, Program client, Situation situation) {
        CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> live(conntrackd, Program.REFERENCE, situation)),
            CompletableFuture.runAsync(() -> live(exchanged, daemon, situation))).join();
        expectSameState("the start");
        Stream.concat(STATISTICS.stream(), DUMPS.stream()).forEach(question -> expectSameAnswer(client, question));
        for (String order : ORDERS) {
            expectSameAnswer(client, order);
            if (situation.mode.equals("ALARM")) {
                awaitRefresh(conntrackd);
                awaitRefresh(exchanged);
            }
            expectSameState(order);
        }
        Stream.concat(STATISTICS.stream(), Stream.of("-k", "-s"))
            .forEach(question -> expectSameAnswer(client, question));
    }

    /** A daemon with flows and expectations of its own and of a peer. */
    private static void live(Lab lab, Program program, Situation situation) {
        lab.node1().start(program, situation.of(lab.node1().config(), false));
        lab.node2().start(Program.REFERENCE, situation.of(lab.node2().config(), true));
        if (!situation.mode.equals("ALARM")) {
            lab.awaitContact();
        }
        List<Flow> flows = FlowMix.knownToReference().take(2 * CONNECTIONS);
        lab.node1().kernel().create(flows.subList(0, CONNECTIONS), 0);
        lab.node1().kernel().create(Expected.mastersOf(EXPECTED), 0);
        lab.node1().kernel().expect(EXPECTED);
        lab.node2().kernel().create(flows.subList(CONNECTIONS, 2 * CONNECTIONS), 0);
        lab.node2().kernel().create(Expected.mastersOf(PLAIN), 0);
        lab.node2().kernel().expect(PLAIN);
        Eventually.within(SOON, () -> {
            assertThat(lab.node2().daemon().cached("external")).isGreaterThanOrEqualTo(CONNECTIONS);
            assertThat(lab.node1().daemon().externalCache().size() + lab.node1().kernel().size())
                .isGreaterThanOrEqualTo(2 * CONNECTIONS);
        });
    }

    private void expectSameAnswer(Program client, String command) {
        Result expected = conntrackd.node1().daemon().referenceClient(command.split(" "));
        Result actual = exchanged.node1().daemon().client(client, command.split(" "));
        assertThat(answer(command, actual)).as(command).isEqualTo(answer(command, expected));
    }

    private static String answer(String command, Result result) {
        String text = result.output();
        if (command.matches("-[ie].*") && !command.contains("nonsense")) {
            text = String.join("\n", comparable(text));
        } else if (command.startsWith("-s rs")) {
            text = text.replaceAll("len=\\d+\\)[^$]*", "len=#");
        } else {
            // ours has more to say of how it is used
            text = masked(text.replaceAll("(?s)Connection tracking userspace daemon.*", "usage"));
        }
        return "exit " + result.status() + "\n" + withoutOrigin(result.errors()) + text;
    }

    /** What the log's format tells of when and who. */
    private static String withoutOrigin(String errors) {
        return errors.replaceAll("(?m)^\\[.{24}] \\(pid=\\d+\\)", "");
    }

    /** Numbers become # in the same width, so that columns count. */
    private static String masked(String text) {
        StringBuilder masked = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i)) || text.charAt(i) == ' ' && isNumberAhead(text, i)) {
                masked.setCharAt(i, '#');
            }
        }
        return masked.toString();
    }

    private static boolean isNumberAhead(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i < text.length() && Character.isDigit(text.charAt(i));
    }

    /** Whatever an order may have an effect on. */
    private void expectSameState(String order) {
        Eventually.within(SOON, () -> assertSame("ours after " + order, state(exchanged), state(conntrackd)));
    }

    /** Waits until the timers of all flows have told the peer: the next order must not find some of them at it. */
    private static void awaitRefresh(Lab lab) {
        Eventually.within(SOON, () -> assertThat(lab.node2().daemon().cached("external"))
            .isGreaterThanOrEqualTo(lab.node1().daemon().cached("internal")));
    }

    private static SortedSet<String> state(Lab lab) throws IOException {
        SortedSet<String> state = new TreeSet<>();
        for (Request dump : List.of(Request.DUMP_INTERNAL, Request.DUMP_EXTERNAL, Request.EXP_DUMP_INTERNAL,
            Request.EXP_DUMP_EXTERNAL)) {
            comparable(lab.node1().daemon().ask(dump)).forEach(line -> state.add(dump + ": " + line));
            comparable(lab.node2().daemon().ask(dump)).forEach(line -> state.add(dump + " of the peer: " + line));
        }
        lab.node1().kernel().flows().forEach(line -> state.add("kernel: " + line));
        lab.node1().kernel().expectations().forEach(line -> state.add("kernel: " + line));
        return state;
    }

    /** The lines of a dump without what differs by nature: times, and the kernel's own numbers. */
    private static SortedSet<String> comparable(String text) {
        return text.lines()
            .map(line -> line.replaceAll(" \\[(expires in|active since) \\d+s]", "")
                .replaceAll("^(\\w+ +\\d+) \\d+ ", "$1 ").replaceAll("<(id|timeout)>\\d+</", "<$1>#</"))
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
