/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** Empties a cache: at once for whoever looks, while its memory is given back page by page. On the state loop. */
public final class CacheFlush {
    private static final int PAGE = 4096;

    private final EventLoop loop;
    private final FlushableCache cache;

    /** Empties this cache, on its loop. */
    public CacheFlush(EventLoop loop, FlushableCache cache) {
        this.loop = loop;
        this.cache = cache;
    }

    /** Empties it. */
    public void start() {
        cache.flush();
        freePage();
    }

    private void freePage() {
        if (cache.flushPage(PAGE)) {
            loop.schedule(this::freePage, 0, TimeUnit.NANOSECONDS);
        }
    }
}
