/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.ConfigUtil;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a configuration as HOCON: only what differs from the defaults. Reading it gives an equal configuration.
 */
public final class HoconWriter {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private HoconWriter() {
    }

    /** The text of a whole file, each line with a line break. */
    public static String write(DaemonConfig config) {
        HoconWriter writer = new HoconWriter();
        writer.open("statelink");
        writer.general(config.general());
        config.sync().ifPresent(writer::sync);
        config.stats().ifPresent(writer::stats);
        if (!config.helpers().equals(Helpers.NONE)) {
            writer.helpers(config.helpers());
        }
        config.metrics().listen().ifPresent(writer::metrics);
        writer.close();
        return writer.out.toString();
    }

    private void general(General general) {
        General none = General.builder().build();
        open("general");
        entry("hash-size", general.hashSize(), none.hashSize());
        entry("hash-limit", general.hashLimit(), none.hashLimit());
        optional("log-file", general.logFile(), HoconWriter::path);
        optional("syslog", general.syslog(), SyslogFacility::configName);
        entry("lock-file", path(general.lockFile()), path(none.lockFile()));
        optional("control-socket", general.controlSocket(), HoconWriter::path);
        entry("netlink-buffer-size", general.netlinkBufferSize(), none.netlinkBufferSize());
        entry("netlink-buffer-size-max-growth", general.netlinkBufferSizeMaxGrowth(),
            none.netlinkBufferSizeMaxGrowth());
        entry("overrun-resync", orOff(general.overrunResyncSeconds()), orOff(none.overrunResyncSeconds()));
        entry("netlink-events-reliable", onOff(general.netlinkEventsReliable()), "off");
        entry("event-iteration-limit", general.eventIterationLimit(), none.eventIterationLimit());
        entry("poll", orOff(general.pollSeconds()), "off");
        entry("systemd", onOff(general.systemd()), "on");
        entry("scheduler.type", lower(general.scheduler().type()), lower(Scheduler.DEFAULT.type()));
        entry("scheduler.priority", general.scheduler().priority(), Scheduler.DEFAULT.priority());
        entry("nice", general.nice(), 0);
        filter(general.filter());
        close();
    }

    private void filter(Filter filter) {
        entry("filter.place", lower(filter.place()), lower(Filter.NONE.place()));
        filter.protocols().ifPresent(set -> list("filter.protocols." + lower(set.action()), set.numbers().stream()
            .map(String::valueOf).toList()));
        filter.addresses().ifPresent(set -> list("filter.addresses." + lower(set.action()), set.networks().stream()
            .map(HoconWriter::network).toList()));
        filter.states().ifPresent(set -> list("filter.states." + lower(set.action()), set.states().stream()
            .map(HoconWriter::lower).toList()));
    }

    private void sync(Sync sync) {
        open("sync");
        Mode mode = sync.mode();
        line("mode", mode.displayName().toLowerCase(Locale.ROOT));
        if (mode instanceof Mode.Ftfw ftfw) {
            entry("resend-queue-size", ftfw.resendQueueSize(), Mode.Ftfw.DEFAULT_RESEND_QUEUE_SIZE);
            entry("ack-window-size", ftfw.ackWindowSize(), Mode.Ftfw.DEFAULT_ACK_WINDOW_SIZE);
        } else if (mode instanceof Mode.Alarm alarm) {
            entry("refresh-time", seconds(alarm.refreshTime()), seconds(Mode.Alarm.DEFAULT_REFRESH_TIME));
            entry("cache-timeout", seconds(alarm.cacheTimeout()), seconds(Mode.Alarm.DEFAULT_CACHE_TIMEOUT));
        }
        entry("commit-timeout", orOff(mode.commitTimeout()), "off");
        entry("purge-timeout", seconds(mode.purgeTimeout()), seconds(Mode.DEFAULT_PURGE_TIMEOUT));
        entry("disable-internal-cache", onOff(mode.disableInternalCache()), "off");
        entry("disable-external-cache", onOff(mode.disableExternalCache()), "off");
        entry("startup-resync", onOff(mode.startupResync()), "off");
        Options options = sync.options();
        entry("tcp-window-tracking", onOff(options.tcpWindowTracking()), "off");
        if (options.expectationHelpers().isEmpty() || !options.expectationSync()) {
            entry("expectation-sync", onOff(options.expectationSync()), "off");
        } else {
            list("expectation-sync", options.expectationHelpers().stream().map(ConfigUtil::quoteString).toList());
        }
        entry("error-queue-length", sync.errorQueueLength(), Sync.DEFAULT_ERROR_QUEUE_LENGTH);
        if (!sync.links().isEmpty()) {
            openList("links");
            sync.links().forEach(this::link);
            closeList();
        }
        close();
    }

    private void link(LinkConfig link) {
        open("");
        line("transport", lower(link.transport()));
        entry("preferred", onOff(link.preferred()), "off");
        optional("interface", link.interfaceName(), ConfigUtil::quoteString);
        optional("address", link.address(), address -> ConfigUtil.quoteString(AddressText.format(address)));
        switch (link) {
            case MulticastLink multicast -> optional("interface-address", multicast.interfaceAddress(),
                address -> ConfigUtil.quoteString(AddressText.format(address)));
            case UdpLink udp -> optional("destination", udp.destination(),
                address -> ConfigUtil.quoteString(AddressText.format(address)));
            case TcpLink tcp -> optional("destination", tcp.destination(),
                address -> ConfigUtil.quoteString(AddressText.format(address)));
        }
        entry("port", link.port(), 0);
        entry("send-buffer", link.sendBuffer(), 0);
        entry("receive-buffer", link.receiveBuffer(), 0);
        entry("checksum", onOff(link.checksum()), "on");
        close();
    }

    private void stats(Stats stats) {
        open("stats");
        optional("log-file", stats.logFile(), HoconWriter::path);
        optional("syslog", stats.syslog(), SyslogFacility::configName);
        stats.jsonLog().ifPresent(this::jsonLog);
        entry("queue-length", stats.queueLength(), Stats.DEFAULT_QUEUE_LENGTH);
        entry("talkers-window", seconds(stats.talkersWindow()), seconds(Stats.DEFAULT_TALKERS_WINDOW));
        close();
    }

    private void jsonLog(JsonLog log) {
        open("json-log");
        line("file", path(log.file()));
        entry("max-size", log.maxSize(), 0);
        entry("max-age", orOff(log.maxAge()), "off");
        entry("keep", log.keep(), JsonLog.DEFAULT_KEEP);
        close();
    }

    private void helpers(Helpers helpers) {
        open("helpers");
        entry("setup", onOff(helpers.setup()), "off");
        openList("list");
        for (HelperConfig helper : helpers.helpers()) {
            open("");
            line("name", ConfigUtil.quoteString(helper.name()));
            entry("family", helper.ipv6() ? "inet6" : "inet", "inet");
            entry("protocol", helper.udp() ? "udp" : "tcp", "tcp");
            entry("queue-number", helper.queueNumber(), 0);
            entry("queue-length", helper.queueLength(), 0);
            if (!helper.policies().isEmpty()) {
                list("policies", helper.policies().stream().map(HoconWriter::policy).toList());
            }
            close();
        }
        closeList();
        close();
    }

    private void metrics(InetSocketAddress listen) {
        open("metrics");
        line("listen", ConfigUtil.quoteString(Metrics.format(listen)));
        close();
    }

    private static String policy(HelperConfig.Policy policy) {
        return "{ name = " + ConfigUtil.quoteString(policy.name()) + ", expect-max = " + policy.expectMax()
            + ", expect-timeout = " + seconds(policy.expectTimeout()) + " }";
    }

    private void entry(String key, Object value, Object defaultValue) {
        if (!Objects.equals(value, defaultValue)) {
            line(key, value);
        }
    }

    private <T> void optional(String key, Optional<T> value, Function<T, String> text) {
        value.ifPresent(present -> line(key, text.apply(present)));
    }

    private void list(String key, List<String> values) {
        line(key, values.stream().collect(Collectors.joining(", ", "[", "]")));
    }

    private void line(String key, Object value) {
        indent().append(key).append(" = ").append(value).append('\n');
    }

    private void open(String key) {
        indent().append(key).append(key.isEmpty() ? "{\n" : " {\n");
        depth++;
    }

    private void close() {
        depth--;
        indent().append("}\n");
    }

    private void openList(String key) {
        indent().append(key).append(" = [\n");
        depth++;
    }

    private void closeList() {
        depth--;
        indent().append("]\n");
    }

    private StringBuilder indent() {
        return out.repeat("  ", depth);
    }

    private static String network(Network network) {
        String address = AddressText.format(network.address());
        return ConfigUtil.quoteString(network.isHost() ? address : address + '/' + network.prefixLength());
    }

    private static String path(Path path) {
        return ConfigUtil.quoteString(path.toString());
    }

    private static String seconds(int value) {
        return value + " s";
    }

    private static String orOff(int seconds) {
        return seconds == 0 ? "off" : seconds(seconds);
    }

    private static String onOff(boolean value) {
        return value ? "on" : "off";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
