/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncHeader;

/**
 * One of our nodes takes the place of a conntrackd in a captured conversation. It is given what the other side sent and
 * has to send what conntrackd sent: the same datagrams, with the same messages, flags, sequence numbers and ranges. If
 * it has nothing to say when conntrackd had, a second passes.
 */
final class CaptureReplayTest {
    private static final String A = "198.51.100.1";
    private static final String B = "198.51.100.2";

    private final TestNetwork network = new TestNetwork(1);
    private List<Captures.Frame> frames;
    private InetSocketAddress peer;
    private TestNode node;

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shouldGreetAsTheNodeThatWasAlone() {
        takeThePlaceOf(A, "01", SessionOptions.defaults().withFirstSequence(0x6b01eab0));
        node.session.start();

        replay(0, 11, Map.of(), Set.of());
    }

    @Test
    void shouldGreetAsTheNodeThatCame() {
        takeThePlaceOf(B, "01", SessionOptions.defaults().withFirstSequence(0x6b01eab3));
        node.session.start();

        replay(3, 11, Map.of(), Set.of());
    }

    @Test
    void shouldAskForWhatWasLost() {
        takeThePlaceOf(B, "06", SessionOptions.defaults().withFirstSequence(0x6b01eb58));
        greet(0x6b01eb78);

        replay(0, 14, Map.of(), Set.of(3, 5, 6));

        assertThat(node.count(SyncCounter.LOST)).isEqualTo(5);
        assertThat(node.typesReceived).containsExactly(MessageType.CT_NEW, MessageType.CT_NEW, MessageType.CT_DELETE);
    }

    @Test
    void shouldSendAgainWhatWasLost() {
        takeThePlaceOf(A, "06", SessionOptions.defaults().withFirstSequence(0x6b01eb77));
        greet(0x6b01eb58);
        alive(0x6b01eb59, 0);

        replay(0, 14, Map.of(3, () -> node.flows.create(1, 1), 5, () -> node.flows.create(2, 2),
            6, () -> node.flows.destroy(1), 7, () -> node.flows.create(3, 3)), Set.of());

        assertThat(node.flows.size()).as("the flow that ended is acknowledged").isEqualTo(2);
        assertThat(node.count(SyncCounter.STATES_RESENT)).isEqualTo(2);
    }

    @Test
    void shouldAcknowledgeByWindow() {
        takeThePlaceOf(B, "12", SessionOptions.of(5, 1000).withFirstSequence(0x6b01edc3));
        // the two spoke at the same time
        Collections.swap(frames, 24, 25);
        node.session.start();
        node.session.requestResync();

        replay(5, 26, Map.of(), Set.of());
    }

    @Test
    void shouldComeBackWithALowerNumber() {
        takeThePlaceOf(B, "12", SessionOptions.of(5, 1000).withFirstSequence(0x6b01edc7));
        // the two spoke at the same time
        Collections.swap(frames, 29, 30);
        node.session.start();
        node.session.requestResync();

        replay(26, 32, Map.of(), Set.of());
    }

    @Test
    void shouldGreetThePeerThatWasRestarted() {
        takeThePlaceOf(A, "12", SessionOptions.of(5, 1000).withFirstSequence(0x6b01edc1));
        Collections.swap(frames, 17, 18);
        node.session.start();
        node.session.requestResync();

        Map<Integer, Runnable> flows = new HashMap<>();
        for (int index : List.of(1, 2, 3, 12, 13, 14, 15, 16, 17, 20, 21, 22)) {
            flows.put(index, () -> node.flows.create(index, index));
        }
        replay(0, 32, flows, Set.of());

        assertThat(node.resyncsRequested).isEqualTo(2);
    }

    private void takeThePlaceOf(String side, String capture, SessionOptions options) {
        frames = new ArrayList<>(
            Captures.frames().stream().filter(frame -> frame.capture().startsWith(capture)).toList());
        node = network.add(side, options);
        peer = new InetSocketAddress(side.equals(A) ? B : A, 41_000);
    }

    /** The greeting was before the capture. */
    private void greet(int peerSequence) {
        node.session.start();
        node.session.requestResync();
        alive(peerSequence, MessageFlags.HELLO_BACK);
        second();
        node.sent();
    }

    private void alive(int sequence, int flags) {
        ByteBuf message = Unpooled.buffer();
        SyncHeader.write(message, MessageType.CONTROL, MessageFlags.ALIVE | flags, SyncHeader.LENGTH, sequence);
        byte[] bytes = new byte[SyncHeader.LENGTH];
        message.readBytes(bytes);
        node.receive(bytes, peer);
    }

    private void replay(int from, int to, Map<Integer, Runnable> actions, Set<Integer> lost) {
        List<byte[]> sent = new ArrayList<>();
        for (int index = from; index < to; index++) {
            Captures.Frame frame = frames.get(index);
            byte[] packet = HexFormat.of().parseHex(frame.hex());
            actions.getOrDefault(index, () -> { }).run();
            node.session.transmit();
            if (frame.sender().equals(peer.getHostString())) {
                if (!lost.contains(index)) {
                    node.receive(packet, peer);
                }
                continue;
            }
            sent.addAll(node.sent());
            if (sent.isEmpty()) {
                second();
                sent.addAll(node.sent());
            }
            assertThat(sent).as("frame %d", index).isNotEmpty();
            assertThat(headers(sent.removeFirst())).as("frame %d", index).isEqualTo(headers(packet));
        }
        assertThat(sent).isEmpty();
    }

    private void second() {
        network.ticker.advanceMillis(1000);
        node.runTimers();
    }

    /** Type, flags, sequence number and range of each message, in hexadecimal. */
    private static List<String> headers(byte[] packet) {
        List<String> headers = new ArrayList<>();
        ByteBuf in = Unpooled.wrappedBuffer(packet);
        for (int at = 0; at < in.writerIndex(); at += SyncHeader.length(in, at)) {
            int type = SyncHeader.type(in, at);
            int flags = SyncHeader.flags(in, at);
            String range = SyncHeader.hasRange(type, flags)
                ? " " + Integer.toHexString(SyncHeader.from(in, at)) + ".." + Integer.toHexString(SyncHeader.to(in, at))
                : "";
            headers.add(MessageType.nameOf(type) + ' ' + MessageFlags.format(flags) + ' '
                + Integer.toHexString(SyncHeader.sequence(in, at)) + range);
        }
        return headers;
    }
}
