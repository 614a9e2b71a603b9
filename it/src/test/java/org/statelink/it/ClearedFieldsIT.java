/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

/** What a connection was given and then lost again, it does not have at the peer either. */
@Tag("netns")
@Tag("interop")
@Timeout(60)
class ClearedFieldsIT {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @RegisterExtension
    final Lab lab = new Lab();

    private static Flow flow() {
        return Flow.udp("198.51.100.1", 4000, "203.0.113.1", 53).replied();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldHaveNoMarkAfterItWasTakenBack(Pair pair) throws Exception {
        lab.start(pair);
        lab.node1().kernel().create(List.of(flow().mark(5)), 0);
        awaitAtPeer("mark=5");
        commit();
        assertThat(lab.node2().kernel().flows()).singleElement().asString().contains("mark=5");

        lab.node1().kernel().update(List.of(flow().mark(0)), 0);
        awaitAtPeer("mark=0");
        commit();
        assertThat(lab.node2().kernel().flows()).isEqualTo(lab.node1().kernel().flows())
            .singleElement().asString().doesNotContain("mark");
    }

    /** By traffic, whose events tell of a mark of 0 only where it changes. */
    @ParameterizedTest
    @EnumSource(names = {"OURS_AND_OURS", "OURS_AND_REFERENCE"})
    void shouldHaveNoMarkThatARuleTookBack(Pair pair) throws Exception {
        lab.node1().namespace().nft("""
            insert rule inet features untracked_out udp dport 4000-4001 accept
            insert rule inet features untracked_in udp dport 4000-4001 accept
            add chain inet features marked { type filter hook output priority 0; }
            add rule inet features marked udp length 10 ct mark set 5
            add rule inet features marked udp length 11 ct mark set 0
            """);
        lab.start(pair);
        send("1");
        awaitAtPeer("mark=5");

        send("22");
        awaitAtPeer("mark=0");
    }

    private void send(String datagram) {
        lab.node1().namespace().expect("bash", "-c",
            "socat -u - UDP:127.0.0.9:4000,bind=127.0.0.8:4001,reuseaddr <<<" + datagram + " 2>/dev/null || true");
    }

    /** The kernel does not say that all labels were taken away, but which ones remain. */
    @ParameterizedTest
    @EnumSource(names = {"OURS_AND_OURS", "OURS_AND_REFERENCE"})
    void shouldHaveNoLabelAfterItWasTakenBack(Pair pair) throws Exception {
        lab.start(pair);
        lab.node1().kernel().create(List.of(flow().labels(6, 0, 0, 1)), 0);
        awaitAtPeer("mark=0");
        lab.node1().kernel().update(List.of(flow().labels(4, 0, 0, 0).mark(1)), 0);
        awaitAtPeer("mark=1");

        commit();

        assertThat(lab.node2().kernel().flows()).isEqualTo(lab.node1().kernel().flows())
            .singleElement().asString().contains("labels=04000000000000000000000000000000");
    }

    private void awaitAtPeer(String text) {
        Daemon taker = lab.node2().daemon();
        Eventually.within(GRACE, () -> assertThat(external(taker)).contains(text));
    }

    private static String external(Daemon taker) throws IOException {
        return taker.ask(Request.DUMP_EXTERNAL);
    }

    private void commit() throws IOException {
        lab.node2().daemon().ask(Request.COMMIT);
    }
}
