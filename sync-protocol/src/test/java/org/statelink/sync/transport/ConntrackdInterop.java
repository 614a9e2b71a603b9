/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.Peer;
import org.statelink.sync.session.SessionListener;
import org.statelink.sync.session.SessionOptions;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.session.TestFlows;

/** A session of ours and Debian's conntrackd keep each other's flows, in FTFW mode. Needs root. */
public abstract class ConntrackdInterop implements SessionListener {
    private static final int FIRST = 0x0a000000;
    private static final Pattern ENTRY = Pattern.compile("src=(\\S+) .*?mark=(\\d+)");

    @TempDir
    private Path directory;
    private NamespacePair namespaces;
    private LiveNode node;
    private Process conntrackd;
    private SyncLink link;
    private SyncSession session;
    private final SyncCounters counters = new SyncCounters();
    private final TestFlows flows = new TestFlows();
    private final Map<Integer, Integer> external = new HashMap<>();

    /** The transport. */
    protected abstract SyncTransportProvider provider();

    /** Options of our link, in namespace A on {@link NamespacePair#DEVICE}. */
    protected abstract LinkOptions options();

    /** The link of conntrackd in namespace B: a block of its configuration. */
    protected abstract String linkBlock();

    @BeforeEach
    final void open() throws IOException {
        namespaces = new NamespacePair();
        node = new LiveNode(NamespacePair.A);
        Files.writeString(configuration(), configurationText());
        SyncLinkGroup links = new SyncLinkGroup();
        session = new SyncSession(SessionOptions.of(50, 10_000), flows, this, counters, links, node.loop());
        flows.attach(session);
        link = provider().open(0, options(), node.loop(), session.linkInitializer()).syncUninterruptibly().getNow();
        node.call(() -> {
            links.add(link);
            session.start();
            return null;
        });
    }

    /** Starts conntrackd in namespace B. */
    protected final void startConntrackd() {
        try {
            conntrackd = new ProcessBuilder(
                NamespacePair.in(NamespacePair.B, "/usr/sbin/conntrackd", "-C", configuration().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile())).start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        LiveNode.await(() -> Files.exists(directory.resolve("control")));
    }

    /** Ends conntrackd, which forgets everything. */
    protected final void stopConntrackd() {
        conntrackd.destroy();
        try {
            if (!conntrackd.waitFor(5, TimeUnit.SECONDS)) {
                conntrackd.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        conntrackd = null;
    }

    /** Waits until both sides answer. */
    protected final void awaitConversation() {
        LiveNode.await(() -> count(SyncCounter.HELLO_BACKS_RECEIVED) > 0 && count(SyncCounter.ACKS_RECEIVED) > 1);
    }

    @AfterEach
    final void stop() {
        if (link != null) {
            node.call(() -> {
                session.close();
                link.close();
                return null;
            });
        }
        node.close();
        if (conntrackd != null) {
            stopConntrackd();
        }
        namespaces.close();
    }

    @Test
    void shouldKeepConntrackdsExternalCacheEqualToOurs() {
        startConntrackd();
        awaitConversation();
        Random random = new Random(1);
        for (int round = 0; round < 10; round++) {
            churn(random, 400);
        }

        LiveNode.await(() -> conntrackdExternal().equals(table()));
        LiveNode.await(() -> node.call(session::resendQueueLength) <= 1);
        assertThat(table()).isNotEmpty();
        assertThat(statistics()).contains("Malformed messages:\t                   0");
        assertThat(count(SyncCounter.MALFORMED)).isZero();
    }

    @Test
    void shouldReceiveConntrackdsFlows() {
        startConntrackd();
        awaitConversation();
        for (int number = 1; number <= 30; number++) {
            NamespacePair.run(NamespacePair.in(NamespacePair.B, "conntrack", "-I", "-p", "udp", "-s",
                "10.0.0." + number, "-d", "10.1.0.1", "--sport", "7", "--dport", "9", "-t", "100", "-m",
                Integer.toString(number)));
        }
        LiveNode.await(() -> node.call(external::size) == 30);
        NamespacePair.run(NamespacePair.in(NamespacePair.B, "conntrack", "-D", "-p", "udp", "-s", "10.0.0.7"));
        LiveNode.await(() -> node.call(external::size) == 29);

        Map<Integer, Integer> expected = new HashMap<>();
        for (int number = 1; number <= 30; number++) {
            expected.put(FIRST + number, number);
        }
        expected.remove(FIRST + 7);
        assertThat(node.call(() -> Map.copyOf(external))).isEqualTo(expected);
        assertThat(count(SyncCounter.MALFORMED)).isZero();
        assertThat(count(SyncCounter.LOST)).isZero();
    }

    /** So many flows are created, updated or destroyed. */
    protected final void churn(Random random, int changes) {
        node.call(() -> {
            for (int change = 0; change < changes; change++) {
                int number = FIRST + 1 + random.nextInt(2000);
                int version = 1 + random.nextInt(1000);
                if (!flows.isAlive(number)) {
                    flows.create(number, version);
                } else if (random.nextInt(3) == 0) {
                    flows.destroy(number);
                } else {
                    flows.update(number, version);
                }
            }
            session.transmit();
            return null;
        });
    }

    /** Our flows: a version by number. */
    protected final Map<Integer, Integer> table() {
        return node.call(flows::table);
    }

    /** What a counter says. */
    protected final long count(SyncCounter counter) {
        return node.call(() -> counters.get(counter));
    }

    /** What conntrackd has of our flows. */
    protected final Map<Integer, Integer> conntrackdExternal() {
        Map<Integer, Integer> table = new HashMap<>();
        Matcher entries = ENTRY.matcher(ask("-e"));
        while (entries.find()) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(entries.group(1));
            table.put((address[0] & 0xff) << 24 | (address[1] & 0xff) << 16 | (address[2] & 0xff) << 8
                | address[3] & 0xff, Integer.valueOf(entries.group(2)));
        }
        return table;
    }

    private String statistics() {
        return ask("-s", "network");
    }

    /** What conntrackd answers to a command. */
    protected final String ask(String... words) {
        String[] command = new String[words.length + 3];
        command[0] = "/usr/sbin/conntrackd";
        command[1] = "-C";
        command[2] = configuration().toString();
        System.arraycopy(words, 0, command, 3, words.length);
        return NamespacePair.run(command);
    }

    /** Lets time pass. */
    protected static void parkMillis(long milliseconds) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        LiveNode.await(() -> System.nanoTime() - end >= 0);
    }

    private Path configuration() {
        return directory.resolve("conntrackd.conf");
    }

    private String configurationText() {
        return """
            Sync {
              Mode FTFW {
                ResendQueueSize 131072
                ACKWindowSize 300
              }
            %s
            }
            General {
              HashSize 32768
              HashLimit 131072
              LogFile off
              LockFile %s/lock
              UNIX {
                Path %s/control
              }
              Filter From Userspace {
                Address Ignore {
                  IPv4_address 198.51.100.1
                  IPv4_address 198.51.100.2
                  IPv6_address 2001:db8::1
                  IPv6_address 2001:db8::2
                }
              }
            }
            """.formatted(linkBlock(), directory, directory);
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow, ByteBuf body) {
        int number = (int) flow.original().sourceLow();
        if (type == MessageType.CT_DELETE) {
            external.remove(number);
        } else {
            external.put(number, flow.mark());
        }
    }

    @Override
    public void onResyncRequested(Peer peer) {
    }
}
