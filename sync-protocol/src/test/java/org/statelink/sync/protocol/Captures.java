/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What conntrackd sent: the lines of {@code captures.txt}. */
public final class Captures {
    private static final List<Frame> FRAMES = read();
    private static final List<Message> MESSAGES = messages(FRAMES);

    private Captures() {
    }

    /** A datagram or TCP segment. */
    public record Frame(String capture, String sender, String hex) {
        public ByteBuf content() {
            return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        }
    }

    /** A message, found by its length field alone. */
    public record Message(String capture, String hex) {
        public ByteBuf content() {
            return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        }

        public int type() {
            return content().getByte(0) & 0xf;
        }

        public int sequence() {
            return content().getInt(4);
        }

        public ByteBuf body() {
            return content().skipBytes(SyncHeader.LENGTH).slice();
        }
    }

    public static List<Frame> frames() {
        return FRAMES;
    }

    public static List<Message> messages() {
        return MESSAGES;
    }

    /** Those that carry a flow. */
    public static List<Message> flows() {
        return MESSAGES.stream().filter(message -> MessageType.isConntrack(message.type())).toList();
    }

    /** Those that carry an expectation. */
    public static List<Message> expectations() {
        return MESSAGES.stream().filter(message -> MessageType.isExpectation(message.type())).toList();
    }

    /** The state message of a capture whose name begins so, by its sequence number. */
    public static Message state(String capture, int sequence) {
        return MESSAGES.stream().filter(m -> MessageType.isState(m.type()))
            .filter(m -> m.capture.startsWith(capture) && m.sequence() == sequence)
            .findFirst().orElseThrow();
    }

    private static List<Frame> read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
            Captures.class.getResourceAsStream("/captures.txt"), StandardCharsets.US_ASCII))) {
            return in.lines().filter(line -> !line.startsWith("#")).map(Captures::frame).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Frame frame(String line) {
        String[] words = line.split(" ");
        return new Frame(words[0], words[1], words[2]);
    }

    private static List<Message> messages(List<Frame> frames) {
        List<Message> found = new ArrayList<>();
        for (Frame frame : frames) {
            ByteBuf rest = frame.content();
            while (rest.isReadable()) {
                ByteBuf message = rest.readSlice(rest.getUnsignedShort(rest.readerIndex() + 2));
                found.add(new Message(frame.capture, ByteBufUtil.hexDump(message)));
            }
        }
        return List.copyOf(found);
    }
}
