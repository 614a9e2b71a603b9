/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.util.ArrayList;
import java.util.List;

/** Notes what the cache tells, and keeps each object in its queue until the test acknowledges it. */
final class RecordingSession implements CacheSession {
    final List<String> calls = new ArrayList<>();
    private final InternalCache cache;

    RecordingSession(InternalCache cache) {
        this.cache = cache;
        cache.setSession(this);
    }

    @Override
    public void send(int ref) {
        calls.add("send " + cache.type(ref));
        cache.setQueue(ref, 2, 77);
    }

    @Override
    public void forget(int ref) {
        calls.add("forget");
        cache.setQueue(ref, 0, 0);
    }

    /** A peer has what was sent. */
    void acknowledge(int ref) {
        cache.setQueue(ref, 0, 0);
        cache.released(ref);
    }

    /** What was told since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }
}
