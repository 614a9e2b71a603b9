/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/** The connection-tracking table of a namespace's kernel, as the tests fill it and look at it. */
public final class Kernel {
    private static final int BATCH_BYTES = 32 * 1024;
    private static final int BATCH = 100;
    private static final int ERROR = 2;
    private static final int DONE = 3;

    private static final String FEATURES = """
        table inet features {
            chain untracked_in { type filter hook prerouting priority raw; notrack; }
            chain untracked_out { type filter hook output priority raw; notrack; }
            chain labelled { type filter hook input priority 0; ct state established ct label set 1; }
            chain translated { type nat hook postrouting priority srcnat; }
        }
        """;

    private final Namespace namespace;

    public Kernel(Namespace namespace) {
        this.namespace = namespace;
    }

    /** Labels and translation exist in a namespace once a rule names them; nothing else shall be tracked. */
    public void prepare() {
        namespace.nft(FEATURES);
    }

    /** Makes connections, so many a second; 0 = as fast as the kernel takes them. */
    public void create(List<Flow> flows, int perSecond) {
        request(flows, perSecond, FlowEncoder::create);
    }

    /** Writes the changed parts of connections. */
    public void update(List<Flow> flows, int perSecond) {
        request(flows, perSecond, FlowEncoder::update);
    }

    public void delete(List<Flow> flows, int perSecond) {
        request(flows, perSecond, FlowEncoder::delete);
    }

    /** Runs Debian's conntrack. With {@code -R /dev/stdin} it makes and deletes what the commands say. */
    public void conntrack(List<String> commands, String... arguments) {
        List<String> line = namespace.inside("conntrack");
        line.addAll(List.of(arguments));
        Commands.expect(line, String.join("\n", commands) + '\n');
    }

    /** Announces connections; their masters are there and have helpers. */
    public void expect(List<Expected> announced) {
        request(announced, 0, FlowEncoder::expect);
    }

    /** Every expectation with all that has to survive a failover, one line each. */
    public SortedSet<String> expectations() {
        return texts(FlowEncoder.EXP_GET, ExpectedText::complete);
    }

    /** Every expectation as Debian's conntrack shows it, less its timeout, one line each. */
    public SortedSet<String> expectationsAsShown(String... output) {
        SortedSet<String> lines = new TreeSet<>();
        for (String family : List.of("ipv4", "ipv6")) {
            List<String> command = new ArrayList<>(List.of("conntrack", "-L", "expect", "-f", family));
            command.addAll(List.of(output));
            namespace.expect(command.toArray(String[]::new)).lines().filter(line -> line.contains("flow")
                == (output.length > 0)).map(ExpectedText::withoutTimes).forEach(lines::add);
        }
        return lines;
    }

    /** The number of connections, which costs nothing to ask. */
    public int size() {
        return Integer.parseInt(namespace.expect("cat", "/proc/sys/net/netfilter/nf_conntrack_count").strip());
    }

    /** Every connection with all that has to survive a failover, one line each. */
    public SortedSet<String> flows() {
        return texts(FlowEncoder.CT_GET, FlowText::complete);
    }

    /** Every connection with what a daemon's external cache shows of it, one line each. */
    public SortedSet<String> flowsAsCached() {
        return texts(FlowEncoder.CT_GET, FlowText::cached);
    }

    /** Every connection with all that the kernel tells of it, by the address that it comes from. */
    public SortedMap<String, KernelEntry> entries() {
        SortedMap<String, KernelEntry> entries = new TreeMap<>();
        dump(FlowEncoder.CT_GET, message -> {
            KernelEntry entry = KernelEntry.of(message);
            entries.put(entry.source(), entry);
        });
        return entries;
    }

    private interface Encoding<T> {
        void write(FlowEncoder encoder, T entry, int sequence, int flags);
    }

    private <T> void request(List<T> flows, int perSecond, Encoding<T> encoding) {
        try (RawSocket socket = RawSocket.netlink(namespace)) {
            FlowEncoder encoder = new FlowEncoder(BATCH_BYTES);
            long began = System.nanoTime();
            int sent = 0;
            while (sent < flows.size()) {
                int last = Math.min(sent + BATCH, flows.size());
                encoder.clear();
                for (int i = sent; i < last; i++) {
                    encoding.write(encoder, flows.get(i), i + 1, i == last - 1 ? FlowEncoder.ACK : 0);
                }
                socket.send(encoder.flip());
                awaitAcknowledgement(socket, flows, last);
                sent = last;
                keepPace(began, sent, perSecond);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keepPace(long began, int sent, int perSecond) {
        if (perSecond == 0) {
            return;
        }
        long due = began + Duration.ofSeconds(1).toNanos() * sent / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Every message of a batch is answered if it fails, the last one also if it succeeds. */
    private static void awaitAcknowledgement(RawSocket socket, List<?> flows, int last) throws IOException {
        while (true) {
            ByteBuffer answer = socket.receive();
            while (answer.remaining() >= 20) {
                int start = answer.position();
                int length = answer.getInt(start);
                int sequence = answer.getInt(start + 8);
                int errno = -answer.getInt(start + 16);
                if (answer.getShort(start + 4) == ERROR && errno != 0) {
                    throw new Posix.ErrnoException(flows.get(sequence - 1).toString(), errno);
                }
                if (sequence == last) {
                    return;
                }
                answer.position(Math.min(answer.limit(), start + (length + 3 & ~3)));
            }
        }
    }

    private SortedSet<String> texts(int type, Function<ByteBuffer, String> rendering) {
        SortedSet<String> flows = new TreeSet<>();
        dump(type, message -> flows.add(rendering.apply(message)));
        return flows;
    }

    private void dump(int type, Consumer<ByteBuffer> reader) {
        try (RawSocket socket = RawSocket.netlink(namespace)) {
            FlowEncoder request = new FlowEncoder(64);
            request.dump(type, 1);
            socket.send(request.flip());
            while (true) {
                ByteBuffer datagram = socket.receive();
                while (datagram.remaining() >= 16) {
                    int start = datagram.position();
                    int length = datagram.getInt(start);
                    if (datagram.getShort(start + 4) == DONE) {
                        return;
                    }
                    reader.accept(datagram.slice(start + 20, length - 20).order(datagram.order()));
                    datagram.position(Math.min(datagram.limit(), start + (length + 3 & ~3)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
