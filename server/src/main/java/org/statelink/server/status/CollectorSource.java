/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.statelink.control.ControlCounters;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.statistics.Collector;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.ControlFigures;
import org.statelink.server.status.DaemonStatus.RuntimeFigures;
import org.statelink.server.status.DaemonStatus.Traffic;

/** Takes the figures of a daemon that collects statistics on the state loop; they arrive on the control loop. */
public final class CollectorSource {
    private final Collector collector;
    private final EventLoop controlLoop;
    private final Supplier<Optional<ControlCounters>> control;

    /** A source on the collector; {@code control} is what the control socket counted, once there is one; any thread. */
    public CollectorSource(Collector collector, EventLoop controlLoop, Supplier<Optional<ControlCounters>> control) {
        this.collector = collector;
        this.controlLoop = controlLoop;
        this.control = control;
    }

    /** Asks for the figures; {@code answer} gets them on the control loop. Any thread. */
    public void ask(Consumer<CollectorStatus> answer) {
        ControlFigures requests = ControlFigures.of(control.get());
        collector.loop().execute(() -> {
            CollectorStatus now = take(requests);
            controlLoop.execute(() -> answer.accept(now));
        });
    }

    private CollectorStatus take(ControlFigures requests) {
        KernelSide kernel = collector.kernel();
        return new CollectorStatus(
            CacheFigures.of("stats", collector.cache().counters(), collector.cache().limit()),
            Traffic.of(collector.cache()),
            new RuntimeFigures(collector.uptime().seconds(), kernel.counters().snapshot(),
                kernel.overrun().bufferBytes(), requests.readFailed()),
            collector.statistics());
    }
}
