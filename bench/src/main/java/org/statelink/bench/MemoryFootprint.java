/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.statelink.conntrack.Conntrack;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.ExternalCache;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;

/**
 * Measures what an entry of the external cache costs, all in: by how much the resident memory of the process grows when
 * the cache takes 500,000 TCP flows from messages, over their number. Fails above 200 bytes.
 */
public final class MemoryFootprint {
    private static final int ENTRIES = 500_000;
    private static final int LIMIT_BYTES = 200;

    private final Conntrack flow = new Conntrack();
    private final ByteBuf body = Unpooled.buffer(4096);

    private MemoryFootprint() {
    }

    /** Takes another number of entries as its argument. */
    public static void main(String[] arguments) throws IOException {
        int entries = arguments.length == 0 ? ENTRIES : Integer.parseInt(arguments[0]);
        double bytes = new MemoryFootprint().measure(entries);
        if (bytes > LIMIT_BYTES) {
            System.err.println("more than " + LIMIT_BYTES + " bytes per entry");
            System.exit(1);
        }
    }

    private double measure(int entries) throws IOException {
        // Code is compiled and classes are loaded by now, so that what follows is the cache's.
        try (ExternalCache rehearsal = new ExternalCache(entries)) {
            fill(rehearsal, Math.min(entries, 100_000));
        }
        System.gc();
        long before = residentBytes();
        try (ExternalCache cache = new ExternalCache(entries)) {
            fill(cache, entries);
            long grown = residentBytes() - before;
            double each = (double) grown / entries;
            System.out.printf("%d entries with messages of %d bytes: resident memory +%d KiB, %.1f bytes per entry%n",
                cache.counters().get(CacheCounter.ACTIVE), body.readableBytes(), grown / 1024, each);
            System.out.printf("obtained for the cache: %d KiB, %.1f bytes per entry%n", cache.memoryBytes() / 1024,
                (double) cache.memoryBytes() / entries);
            return each;
        }
    }

    private void fill(ExternalCache cache, int entries) {
        for (int i = 0; i < entries; i++) {
            SampleFlows.fill(flow, i, 3);
            body.clear();
            ConntrackBody.encode(flow, body, true, true);
            BodyResult result = cache.apply(MessageType.CT_NEW, 0, body, i >>> 10);
            if (result != BodyResult.OK) {
                throw new IllegalStateException(result.text());
            }
        }
        if (cache.counters().get(CacheCounter.ACTIVE) != entries) {
            throw new IllegalStateException("not all flows were taken");
        }
    }

    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("/proc/self/status tells no VmRSS");
    }
}
