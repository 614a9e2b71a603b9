/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.util.concurrent.TimeUnit;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.status.DaemonStatus.BypassFigures;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.LinkFigures;
import org.statelink.server.status.DaemonStatus.QueueFigures;
import org.statelink.server.status.DaemonStatus.RuntimeFigures;
import org.statelink.server.status.DaemonStatus.Traffic;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;

/**
 * Formats a {@link DaemonStatus} as conntrackd does, to the space. Every block ends with an empty line.
 *
 * <p>Source: docs of conntrackd's control socket, section 4.
 */
public final class StatusText {
    private static final int COUNTER = 12;
    private static final int TOTAL = 20;

    private final StringBuilder out = new StringBuilder(1024);

    @Override
    public String toString() {
        return out.toString();
    }

    /** {@code -s}. */
    public StatusText general(DaemonStatus status) {
        status.bypass().ifPresentOrElse(this::bypass, () -> cache(status.internal()));
        status.injection().ifPresentOrElse(this::injection, () -> cache(status.external()));
        return traffic(status.traffic()).activeLink(status).tracking(status.sync());
    }

    /** {@code -s} of a daemon that collects statistics. */
    public StatusText general(CollectorStatus status) {
        return cache(status.cache()).traffic(status.traffic());
    }

    private void bypass(BypassFigures bypass) {
        text("internal bypass:\n");
        line("connections new:\t\t", bypass.created(), COUNTER);
        line("connections updated:\t\t", bypass.updated(), COUNTER);
        line("connections destroyed:\t\t", bypass.destroyed(), COUNTER);
        text("\n");
    }

    private void injection(InjectCounters.Snapshot injection) {
        text("external inject:\n");
        text("connections created:\t\t").number(injection.created(), COUNTER).failed(injection.createFailed());
        text("connections updated:\t\t").number(injection.updated(), COUNTER).failed(injection.updateFailed());
        text("connections destroyed:\t\t").number(injection.destroyed(), COUNTER).failed(injection.destroyFailed());
        text("\n");
    }

    private StatusText cache(CacheFigures cache) {
        text("cache ").text(cache.name()).text(":\n");
        text("current active connections:\t").number(cache.active(), COUNTER).text("\n");
        text("connections created:\t\t").number(cache.created(), COUNTER).failed(cache.createFailed());
        text("connections updated:\t\t").number(cache.updated(), COUNTER).failed(0);
        return text("connections destroyed:\t\t").number(cache.destroyed(), COUNTER).failed(0).text("\n");
    }

    private StatusText failed(long failed) {
        return text("\tfailed:\t").number(failed, COUNTER).text("\n");
    }

    private StatusText traffic(Traffic traffic) {
        return text("traffic processed:\n").number(traffic.bytes(), TOTAL).text(" Bytes      ")
            .number(traffic.packets(), TOTAL).text(" Pckts\n\n");
    }

    private StatusText activeLink(DaemonStatus status) {
        for (LinkFigures link : status.links()) {
            if (link.active()) {
                text(link.transport()).text(" traffic (active device=").text(link.device()).text(")");
                text(link.connections().isEmpty() ? "" : " ").text(link.connections()).text(":\n");
                linkFigures(link);
            }
        }
        return this;
    }

    private void linkFigures(LinkFigures link) {
        pair(link.bytesSent(), " Bytes sent ", link.bytesReceived(), " Bytes recv\n");
        pair(link.packetsSent(), " Pckts sent ", link.packetsReceived(), " Pckts recv\n");
        pair(link.sendErrors(), " Error send ", link.receiveErrors(), " Error recv\n");
        text("\n");
    }

    private void pair(long first, String firstUnit, long second, String secondUnit) {
        number(first, TOTAL).text(firstUnit).number(second, TOTAL).text(secondUnit);
    }

    private StatusText tracking(SyncCounters sync) {
        text("message tracking:\n");
        pair(sync.get(SyncCounter.MALFORMED), " Malformed msgs ", sync.get(SyncCounter.LOST), " Lost msgs\n");
        return text("\n");
    }

    /** {@code -s cache}. */
    public StatusText caches(DaemonStatus status) {
        status.bypass().ifPresentOrElse(this::bypass, () -> cacheDetails(status.internal()));
        status.injection().ifPresentOrElse(this::injection, () -> cacheDetails(status.external()));
        return this;
    }

    private StatusText cacheDetails(CacheFigures cache) {
        text("cache:").text(cache.name()).text("\tactive objects:\t\t").number(cache.objects(), COUNTER).text("\n");
        ratio("\tactive/total entries:\t\t", cache.active(), cache.objects());
        ratio("\tcreation OK/failed:\t\t", cache.created(), cache.createFailed());
        line("\t\tno memory available:\t", 0, COUNTER);
        line("\t\tno space left in cache:\t", cache.createFailed(), COUNTER);
        ratio("\tupdate OK/failed:\t\t", cache.updated(), 0);
        line("\t\tentry not found:\t", 0, COUNTER);
        ratio("\tdeletion created/failed:\t", cache.destroyed(), 0);
        line("\t\tentry not found:\t", 0, COUNTER);
        return text("\n");
    }

    /** {@code -s cache} of a daemon that collects statistics. */
    public StatusText caches(CollectorStatus status) {
        return cacheDetails(status.cache());
    }

    private void ratio(String label, long first, long second) {
        text(label).number(first, COUNTER).text("/").number(second, COUNTER).text("\n");
    }

    private void line(String label, long value, int width) {
        text(label).number(value, width).text("\n");
    }

    /** {@code -s network}. */
    public StatusText network(DaemonStatus status) {
        SyncCounters sync = status.sync();
        text("network statistics:\n\trecv:\n");
        line("\t\tMalformed messages:\t", sync.get(SyncCounter.MALFORMED), TOTAL);
        line("\t\tWrong protocol version:\t", sync.get(SyncCounter.WRONG_VERSION), TOTAL);
        line("\t\tMalformed header:\t", sync.get(SyncCounter.MALFORMED_HEADER), TOTAL);
        line("\t\tMalformed payload:\t", sync.get(SyncCounter.MALFORMED_PAYLOAD), TOTAL);
        line("\t\tBad message type:\t", sync.get(SyncCounter.BAD_TYPE), TOTAL);
        line("\t\tTruncated message:\t", sync.get(SyncCounter.TRUNCATED), TOTAL);
        line("\t\tBad message size:\t", sync.get(SyncCounter.BAD_SIZE), TOTAL);
        text("\tsend:\n");
        line("\t\tMalformed messages:\t", sync.get(SyncCounter.SEND_MALFORMED), TOTAL);
        text("\nsequence tracking statistics:\n\trecv:\n");
        line("\t\tPackets lost:\t\t", sync.get(SyncCounter.LOST), TOTAL);
        line("\t\tPackets before:\t\t", sync.get(SyncCounter.BEFORE), TOTAL);
        return text("\n").activeLink(status);
    }

    /** {@code -s runtime}. */
    public StatusText runtime(RuntimeFigures status) {
        KernelCounters.Snapshot kernel = status.kernel();
        text("daemon uptime: ").uptime(status.uptimeSeconds()).text("\n\nnetlink stats:\n");
        line("\tevents received:\t", kernel.eventsReceived(), TOTAL);
        line("\tevents filtered:\t", kernel.eventsFiltered(), TOTAL);
        line("\tevents unknown type:\t\t", 0, COUNTER);
        line("\tcatch event failed:\t\t", kernel.overruns(), COUNTER);
        line("\tdump unknown type:\t\t", 0, COUNTER);
        line("\tnetlink overrun:\t\t", kernel.overruns(), COUNTER);
        line("\tflush kernel table:\t\t", kernel.flushes(), COUNTER);
        line("\tresync with kernel table:\t", kernel.resyncs(), COUNTER);
        line("\tcurrent buffer size (in bytes):\t", status.eventBufferBytes(), COUNTER);
        text("\nruntime stats:\n");
        line("\tchild process failed:\t\t", 0, COUNTER);
        line("\t\tchild process segfault:\t", 0, COUNTER);
        line("\t\tchild process termsig:\t", 0, COUNTER);
        line("\tselect failed:\t\t\t", 0, COUNTER);
        line("\twait failed:\t\t\t", 0, COUNTER);
        line("\tlocal read failed:\t\t", status.readsFailed(), COUNTER);
        line("\tlocal unknown request:\t\t", 0, COUNTER);
        return text("\n");
    }

    private StatusText uptime(long seconds) {
        long days = TimeUnit.SECONDS.toDays(seconds);
        long hours = TimeUnit.SECONDS.toHours(seconds) % 24;
        if (days > 0) {
            text(Long.toString(days)).text(days == 1 ? " day " : " days ");
        }
        if (hours > 0) {
            text(Long.toString(hours)).text(" h ");
        }
        return text(Long.toString(TimeUnit.SECONDS.toMinutes(seconds) % 60)).text(" min");
    }

    /** {@code -s link}. */
    public StatusText links(DaemonStatus status) {
        for (LinkFigures link : status.links()) {
            text(link.transport()).text(" traffic device=").text(link.device()).text(" status=").text(link.status())
                .text(" role=").text(link.active() ? "ACTIVE" : "BACKUP").text(":\n");
            linkFigures(link);
        }
        return this;
    }

    /** {@code -s queue}. */
    public StatusText queues(DaemonStatus status) {
        line("allocated queue nodes:\t\t", status.controlMessages(), COUNTER);
        for (QueueFigures queue : status.queues()) {
            text("\nqueue ").text(queue.name()).text(":\n");
            line("current elements:\t\t", queue.length(), COUNTER);
            line("maximum elements:\t\t", queue.maximum(), COUNTER);
            line("not enough space errors:\t", queue.noSpace(), COUNTER);
        }
        return text("\n");
    }

    private StatusText text(String text) {
        out.append(text);
        return this;
    }

    private StatusText number(long value, int width) {
        String digits = Long.toUnsignedString(value);
        out.repeat(" ", Math.max(0, width - digits.length())).append(digits);
        return this;
    }
}
