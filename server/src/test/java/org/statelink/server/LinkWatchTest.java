/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelInterfaces;
import org.statelink.netlink.route.InterfaceStatus;
import org.statelink.server.kernel.Flows;

/** A pair of daemons of which one is told by its kernel what becomes of the interface under its only link. */
class LinkWatchTest {
    private static final Pattern PACKETS_SENT = Pattern.compile("(\\d+) Pckts sent");

    @TempDir
    private Path directory;
    private DaemonPair pair;
    private KernelInterfaces interfaces;

    @BeforeEach
    void start() throws Exception {
        pair = new DaemonPair(directory, "FTFW {");
        interfaces = pair.kernelOfA.interfaces();
        traffic(1, 100);
        pair.await(() -> pair.external("b") == 100);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    private void traffic(int from, int to) {
        for (int number = from; number <= to; number++) {
            pair.kernelOfA.traffic(Flows.tcp(number));
        }
    }

    private String link() {
        return pair.ask("a", ControlRequest.STATS_LINK);
    }

    private long packetsSent() {
        Matcher matcher = PACKETS_SENT.matcher(link());
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private void becomes(InterfaceStatus status) {
        interfaces.set("lo", status);
        pair.await(() -> link().startsWith("multicast traffic device=lo status=" + status + " role=ACTIVE:\n"));
    }

    @Test
    void shouldTellTheStateOfTheInterface() {
        becomes(InterfaceStatus.NO_CARRIER);
        becomes(InterfaceStatus.DOWN);
        becomes(InterfaceStatus.RUNNING);
    }

    @Test
    void shouldKeepWhatCannotBeSentUntilTheInterfaceIsUpAgain() {
        becomes(InterfaceStatus.NO_CARRIER);
        traffic(101, 300);
        Pattern waiting = Pattern.compile("queue txqueue:\ncurrent elements:\t\t +20[0-9]\n");
        pair.await(() -> waiting.matcher(pair.ask("a", ControlRequest.STATS_QUEUE)).find());
        assertThat(pair.external("b")).isEqualTo(100);

        becomes(InterfaceStatus.RUNNING);

        pair.await(() -> pair.external("b") == 300);
        assertThat(pair.ask("b", ControlRequest.STATS_NETWORK)).contains("Packets lost:\t\t                   0\n");
    }

    @Test
    void shouldOpenTheLinkAnewOnAnInterfaceThatIsMadeAnew() {
        long sent = packetsSent();
        interfaces.remove("lo");
        pair.await(() -> link().contains(" status=DOWN "));
        assertThat(packetsSent()).as("the link counts on").isGreaterThanOrEqualTo(sent);
        traffic(101, 200);

        interfaces.set("lo", InterfaceStatus.RUNNING);

        pair.await(() -> pair.external("b") == 200);
        assertThat(packetsSent()).isGreaterThan(sent);
        traffic(201, 300);
        pair.await(() -> pair.external("b") == 300);
    }

    @Test
    void shouldSeeThatAnInterfaceWasMadeAnewWhenTheKernelDroppedTheNews() {
        interfaces.overrun();
        interfaces.remove("lo");
        interfaces.set("lo", InterfaceStatus.RUNNING);
        traffic(101, 200);

        pair.await(() -> pair.external("b") == 200);
        assertThat(link()).contains(" status=RUNNING ");
    }
}
