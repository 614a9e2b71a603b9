/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Part;

import static org.assertj.core.api.Assertions.assertThat;

/** Live traffic through the firewalls. */
public final class Streams implements Part {
    /** What {@link #ends} tells of what ended in good order. */
    public static final String GOOD_END = "ended, 226 done";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PROGRESS = 10;
    private static final int TCP_PORT = 7000;

    private final String name;
    private final ScheduledExecutorService sender =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sender").factory());
    private final List<LiveStream> streams = new ArrayList<>();

    private Streams(String name) {
        this.name = name;
    }

    /** Opens TCP out, whose source is translated, and TCP in, whose destination is. */
    static Streams ofTcp(Site site, String name) {
        Streams opened = new Streams(name);
        opened.streams.add(TcpStream.open("TCP out", site.client(), Site.SERVER, TCP_PORT, site.server(),
            opened.sender));
        opened.streams.add(TcpStream.open("TCP in", site.server(), Site.OUTSIDE_SHARED, Site.PUBLISHED_PORT,
            site.client(), opened.sender));
        return opened;
    }

    /** Opens those, a transfer by FTP with a data connection from outside, and a flow of UDP. */
    static Streams ofEveryKind(Site site, String name) {
        Streams opened = ofTcp(site, name);
        opened.streams.add(FtpDownload.open(site));
        opened.streams.add(UdpStream.open(site.client(), Site.SERVER, Site.UDP_PORT, site.server(), opened.sender));
        return opened;
    }

    private Stream<Arrivals> arrivals() {
        return streams.stream().flatMap(stream -> stream.arrivals().stream());
    }

    /** Waits until each has carried something in either direction since a moment in nanoseconds. */
    void awaitProgress(long since) {
        awaitProgress(since, PROGRESS);
    }

    /** Waits until each has gone on for a while, in which something comes this many times. */
    public void awaitProgress(long since, int times) {
        Eventually.within(LIMIT, () -> assertThat(arrivals()).allSatisfy(each ->
            assertThat(each.countSince(since)).as(each.name()).isGreaterThanOrEqualTo(times)));
    }

    /** What was wrong: lost, out of order, closed, reset, or translated otherwise. */
    public List<String> faults() {
        return arrivals().flatMap(each -> each.faults().stream()).toList();
    }

    /** The names of those that have carried something since a moment in nanoseconds. */
    public List<String> aliveSince(long since) {
        return arrivals().filter(each -> each.countSince(since) > 0).map(Arrivals::name).toList();
    }

    /** The longest time since a moment in nanoseconds in which nothing came of a stream in one of its directions. */
    public Map<String, Duration> longestSilences(long since) {
        Map<String, Duration> silences = new LinkedHashMap<>();
        for (LiveStream stream : streams) {
            for (Arrivals each : stream.arrivals()) {
                silences.merge(stream.name(), each.longestSilence(since), (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        return silences;
    }

    /** Ends those that can be ended in good order, and tells how they ended. */
    public Stream<String> ends() {
        return streams.stream().flatMap(stream -> stream.end().stream());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void saveArtefacts(Path folder) throws IOException {
        for (Arrivals each : arrivals().toList()) {
            each.save(folder);
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        streams.forEach(LiveStream::close);
    }
}
