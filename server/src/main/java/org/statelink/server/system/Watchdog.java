/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Feeds systemd's watchdog, twice as often as it has to be. The loop that the daemon lives by does it itself, so that
 * a loop that stands still is noticed.
 */
public final class Watchdog implements AutoCloseable {
    private final Optional<ScheduledFuture<?>> feeding;

    private Watchdog(Optional<ScheduledFuture<?>> feeding) {
        this.feeding = feeding;
    }

    /** Feeds it as long as the loop turns; does nothing where there is none. Any thread. */
    public static Watchdog feed(ServiceManager manager, EventLoop loop) {
        long pause = manager.watchdogNanos() / 2;
        return new Watchdog(pause == 0 ? Optional.empty()
            : Optional.of(loop.scheduleWithFixedDelay(manager::alive, pause, pause, TimeUnit.NANOSECONDS)));
    }

    /** Stops. Any thread. */
    @Override
    public void close() {
        feeding.ifPresent(task -> task.cancel(false));
    }
}
