/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.LinkSender;
import org.statelink.it.lab.Program;
import org.statelink.it.lab.SyncDatagram;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever arrives on the dedicated link is counted by kind, and never does more harm than itself. */
@Tag("netns")
@Timeout(60)
class HostileLinkIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int SEQUENCE = 1000;

    @RegisterExtension
    final Lab lab = new Lab();

    private Daemon daemon;

    @BeforeEach
    void startDaemon() {
        daemon = lab.node1().start(Program.OURS);
    }

    @Test
    void shouldSkipAMessageOfAnotherVersion() throws IOException {
        send(between(new SyncDatagram().message(2, SyncDatagram.NEW, 0, 52, SEQUENCE + 1)));
        expectCounted("Wrong protocol version", 1);
        expectNeighbours();
    }

    @Test
    void shouldSkipAMessageOfAnUnknownType() throws IOException {
        send(between(new SyncDatagram().message(1, 7, 0, 52, SEQUENCE + 1)));
        expectCounted("Malformed header", 1);
        expectNeighbours();
    }

    @Test
    void shouldSkipAStateWithAnUnknownAttribute() throws IOException {
        send(betweenNumbered(new SyncDatagram().flowWith(SEQUENCE + 1, 8, 77, 0)));
        expectCounted("Malformed payload", 1);
        expectNeighbours();
    }

    @Test
    void shouldSkipAStateWithAnAttributeOfTheWrongLength() throws IOException {
        send(betweenNumbered(new SyncDatagram().flowWith(SEQUENCE + 1, 6, 7, 0)));
        expectCounted("Malformed payload", 1);
        expectNeighbours();
    }

    @Test
    void shouldSkipAStateWithAnAttributeThatEndsBehindIt() throws IOException {
        send(betweenNumbered(new SyncDatagram().flowWith(SEQUENCE + 1, 60_000, 27, 0)));
        expectCounted("Malformed payload", 1);
        expectNeighbours();
    }

    @Test
    void shouldDropWhatFollowsALengthOfZero() throws IOException {
        send(new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001)
            .bare(SyncDatagram.NEW, 0, 0, SEQUENCE + 1).flow(0, SEQUENCE + 1, 1002));
        expectCounted("Bad message size", 1);
        expectExternal(1);
    }

    @Test
    void shouldDropAMessageThatEndsBehindItsDatagram() throws IOException {
        send(new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001)
            .message(1, SyncDatagram.NEW, 0, 4000, SEQUENCE + 1));
        expectCounted("Bad message size", 1);
        expectExternal(1);
    }

    @Test
    void shouldCountATruncatedHeader() throws IOException {
        send(new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001).raw(new byte[] {0x10, 0, 0}));
        expectCounted("Truncated message", 1);
        expectExternal(1);
    }

    @Test
    void shouldCountAnAcknowledgementWithoutItsRange() throws IOException {
        send(new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001)
            .bare(SyncDatagram.CONTROL, 8, 8, SEQUENCE + 1));
        expectCounted("Truncated message", 1);
        expectExternal(1);
    }

    @Test
    void shouldNotApplyAReplayedDatagram() throws IOException {
        SyncDatagram first = new SyncDatagram().flow(0, SEQUENCE, 1001);
        send(first);
        send(new SyncDatagram().flow(0, SEQUENCE + 1, 1002));
        send(first);
        send(first);
        Eventually.within(SOON, () -> assertThat(network("Packets before")).isEqualTo(2));
        expectExternal(2);
    }

    @Test
    void shouldCountAGapAndApplyWhatCameBehindIt() throws IOException {
        send(new SyncDatagram().flow(0, SEQUENCE, 1001));
        send(new SyncDatagram().flow(0, SEQUENCE + 11, 1002));
        Eventually.within(SOON, () -> assertThat(network("Packets lost")).isPositive());
        expectExternal(2);
    }

    @Test
    void shouldApplyADatagramFarLargerThanTheLinkCarries() throws IOException {
        SyncDatagram large = new SyncDatagram();
        int count = 0;
        while (large.size() < 60_000) {
            large.flow(0, SEQUENCE + count, 2000 + count);
            count++;
        }
        send(large);
        expectExternal(count);
    }

    @Test
    void shouldRefuseAStateWithoutAttributes() throws IOException {
        send(betweenNumbered(new SyncDatagram().empty(SEQUENCE + 1)));
        expectNeighbours();
        assertThat(network("Malformed payload")).isEqualTo(1);
    }

    @Test
    void shouldLiveThroughNoise() throws IOException {
        long seed = System.nanoTime();
        System.out.println("noise from seed " + seed);
        Random random = new Random(seed);
        try (LinkSender sender = LinkSender.on(lab.node2())) {
            for (int i = 0; i < 2000; i++) {
                sender.send(noise(random));
            }
        }
        expectAlive();
        assertThat(network("Malformed messages")).isPositive();
        SyncDatagram sound = new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001);
        send(sound);
        Eventually.within(SOON, () -> assertThat(daemon.externalCache()).contains(line(1001)));
    }

    /** Half of it is random, half a sound datagram in which a few bytes are wrong. */
    private static byte[] noise(Random random) {
        if (random.nextBoolean()) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] bytes = new SyncDatagram().flow(SyncDatagram.HELLO, random.nextInt(), 1)
            .flow(0, random.nextInt(), 2).bytes();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** The bad one in the middle of two good ones, all in one datagram. A bad header takes no number. */
    private static SyncDatagram between(SyncDatagram bad) {
        return new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001).raw(bad.bytes()).flow(0, SEQUENCE + 1, 1002);
    }

    /** The same with a bad body: the message has taken its number before anybody looks into it. */
    private static SyncDatagram betweenNumbered(SyncDatagram bad) {
        return new SyncDatagram().flow(SyncDatagram.HELLO, SEQUENCE, 1001).raw(bad.bytes()).flow(0, SEQUENCE + 2, 1002);
    }

    private void send(SyncDatagram datagram) throws IOException {
        try (LinkSender sender = LinkSender.on(lab.node2())) {
            sender.send(datagram.bytes());
        }
    }

    private void expectCounted(String label, long count) {
        Eventually.within(SOON, () -> assertThat(network(label)).isEqualTo(count));
        Eventually.within(SOON, () -> assertThat(network("Malformed messages")).isEqualTo(count));
        expectAlive();
    }

    private void expectNeighbours() throws IOException {
        Eventually.within(SOON, () -> {
            SortedSet<String> cache = daemon.externalCache();
            assertThat(cache).containsExactly(line(1001), line(1002));
        });
        assertThat(network("Packets lost")).isZero();
        assertThat(network("Packets before")).isZero();
    }

    private void expectExternal(int count) {
        Eventually.within(SOON, () -> assertThat(daemon.externalCache()).hasSize(count));
        expectAlive();
    }

    private void expectAlive() {
        assertThat(daemon.isAlive()).isTrue();
    }

    private static String line(int sourcePort) {
        return "udp 10.9.9.1 > 203.0.113.9 " + sourcePort + " > 53";
    }

    private long network(String label) throws IOException {
        return daemon.counter(Request.STATS_NETWORK, label);
    }
}
