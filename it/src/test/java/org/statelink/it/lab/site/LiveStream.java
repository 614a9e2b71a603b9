/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Traffic that goes on and on, in one direction or both. */
abstract class LiveStream {
    private final String name;
    private final List<Closeable> sockets;

    /** One of a kind, with what is to be closed at its end. */
    LiveStream(String name, Closeable... sockets) {
        this.name = name;
        this.sockets = List.of(sockets);
    }

    /** What kind it is. */
    final String name() {
        return name;
    }

    /** What arrives, for each direction. */
    abstract List<Arrivals> arrivals();

    /** Ends it in good order if there is such a thing, and tells how it ended. */
    Optional<String> end() {
        return Optional.empty();
    }

    /** Ends it. */
    final void close() {
        for (Closeable socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        }
    }
}
