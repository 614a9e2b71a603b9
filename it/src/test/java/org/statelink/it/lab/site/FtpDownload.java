/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A transfer by FTP that does not end by itself: the server sends a line of it every 50 ms. */
final class FtpDownload extends LiveStream {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FtpSession session;
    private final Arrivals arrivals = new Arrivals("FTP data");
    private final Thread reader;
    private volatile String end = "";

    private FtpDownload(FtpSession session) {
        super("FTP data");
        this.session = session;
        reader = Thread.ofPlatform().daemon().name("FTP data").start(this::receive);
    }

    static FtpDownload open(Site site) {
        FtpSession session = new FtpSession(site, FtpSession.LIVE);
        session.announce();
        session.goOn();
        return new FtpDownload(session);
    }

    private void receive() {
        for (String line = session.line(); line != null; line = session.line()) {
            if (line.matches("\\d+")) {
                arrivals.add(Long.parseLong(line));
            } else {
                end = line;
            }
        }
        arrivals.fault("the client ended");
    }

    /** Ends the transfer; what the client says of that. The control connection has to live as well. */
    @Override
    Optional<String> end() {
        session.goOn();
        try {
            reader.join(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(end);
    }

    @Override
    List<Arrivals> arrivals() {
        return List.of(arrivals);
    }
}
