/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.ConfigObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the parts "general", "stats", "helpers" and "metrics" of a HOCON configuration. */
final class HoconGeneral {
    private HoconGeneral() {
    }

    static General read(HoconObject in, Environment environment) {
        GeneralBuilder general = General.builder()
            .hashSize(in.integer("hash-size", 1, Integer.MAX_VALUE))
            .hashLimit(in.integer("hash-limit", 1, Integer.MAX_VALUE))
            .syslog(syslog(in))
            .lockFile(path(in, "lock-file", Limits.FILE_PATH).orElse(General.DEFAULT_LOCK_FILE))
            .netlinkBufferSize(in.bytes("netlink-buffer-size"))
            .netlinkBufferSizeMaxGrowth(in.bytes("netlink-buffer-size-max-growth"))
            .overrunResyncSeconds(in.secondsOrOff("overrun-resync"))
            .netlinkEventsReliable(in.bool("netlink-events-reliable"))
            .eventIterationLimit(in.integer("event-iteration-limit", 1, Integer.MAX_VALUE))
            .pollSeconds(in.secondsOrOff("poll"))
            .systemd(in.bool("systemd"))
            .scheduler(scheduler(in.object("scheduler")))
            .nice(in.integer("nice", General.LEAST_NICE, General.MOST_NICE))
            .filter(HoconFilter.read(in.object("filter"), environment));
        logFile(in, "log-file", General.DEFAULT_LOG_FILE).ifPresent(general::logFile);
        path(in, "control-socket", Limits.SOCKET_PATH).ifPresent(general::controlSocket);
        in.done();
        return general.build();
    }

    static Stats stats(HoconObject in, General general) {
        Optional<Path> logFile = logFile(in, "log-file", Stats.DEFAULT_LOG_FILE);
        Optional<SyslogFacility> syslog = syslog(in);
        Optional<JsonLog> jsonLog = jsonLog(in.object("json-log"));
        int queueLength = in.integer("queue-length", 1, Stats.LONGEST_QUEUE);
        int talkersWindow = in.seconds("talkers-window", 1);
        in.done();
        if (syslog.isPresent() && general.syslog().isPresent() && !syslog.equals(general.syslog())) {
            in.warning("syslog", "conflicting Syslog facility values, defaulting to General");
            syslog = general.syslog();
        }
        return new Stats(logFile, syslog, jsonLog, queueLength, talkersWindow);
    }

    private static Optional<JsonLog> jsonLog(HoconObject in) {
        Optional<Path> file = logFile(in, "file", JsonLog.DEFAULT_FILE);
        int maxSize = in.bytes("max-size");
        int maxAge = in.secondsOrOff("max-age");
        int keep = in.integer("keep", 0, JsonLog.MOST_KEPT);
        in.done();
        return file.map(path -> new JsonLog(path, maxSize, maxAge, keep));
    }

    static Metrics metrics(HoconObject in) {
        Metrics metrics = in.isOff("listen") ? Metrics.OFF : listen(in);
        in.done();
        return metrics;
    }

    private static Metrics listen(HoconObject in) {
        InetSocketAddress address = Metrics.address(in.string("listen"));
        if (address == null) {
            in.error("listen", "needs an address and a port such as \"127.0.0.1:9466\" or \"[::1]:9466\", or off");
            return Metrics.OFF;
        }
        return Metrics.at(address);
    }

    static Helpers helpers(HoconObject in) {
        boolean setup = in.bool("setup");
        ConfigObject defaults = in.raw("defaults");
        List<HelperConfig> helpers = new ArrayList<>();
        for (HoconObject each : in.objects("list", defaults)) {
            helper(each).ifPresent(helpers::add);
        }
        in.done();
        return new Helpers(setup, helpers);
    }

    private static Optional<HelperConfig> helper(HoconObject in) {
        String name = in.string("name");
        boolean ipv6 = in.oneOf("family", "inet", "inet6").equals("inet6");
        boolean udp = in.oneOf("protocol", "tcp", "udp").equals("udp");
        int queueNumber = in.integer("queue-number", 0, Integer.MAX_VALUE);
        int queueLength = in.integer("queue-length", 0, Integer.MAX_VALUE);
        List<HelperConfig.Policy> policies = new ArrayList<>();
        for (HoconObject each : in.objects("policies", com.typesafe.config.ConfigFactory.empty().root())) {
            policies.add(policy(each, name));
        }
        in.done();
        if (!KnownHelpers.exists(name, udp)) {
            in.error("name", "Unknown `" + name + "' helper");
            return Optional.empty();
        }
        return Optional.of(new HelperConfig(name, ipv6, udp, queueNumber, queueLength, policies));
    }

    private static HelperConfig.Policy policy(HoconObject in, String helper) {
        String name = in.string("name");
        if (!name.equals(helper)) {
            in.error("name", "Unknown policy `" + name + "' in helper configuration");
        }
        int max = in.has("expect-max") ? in.integer("expect-max", 0, Integer.MAX_VALUE) : 0;
        int timeout = in.has("expect-timeout") ? in.seconds("expect-timeout", 0) : 0;
        in.done();
        return new HelperConfig.Policy(name, max, timeout);
    }

    private static Scheduler scheduler(HoconObject in) {
        Scheduler.Type type = in.oneOf("type", "rr", "fifo").equals("rr") ? Scheduler.Type.RR : Scheduler.Type.FIFO;
        int priority = in.integer("priority", 0, 99);
        in.done();
        return new Scheduler(type, priority);
    }

    private static Optional<Path> logFile(HoconObject in, String key, Path on) {
        return in.isOn(key) ? Optional.of(on) : path(in, key, Limits.FILE_PATH);
    }

    private static Optional<SyslogFacility> syslog(HoconObject in) {
        if (in.isOff("syslog")) {
            return Optional.empty();
        }
        if (in.isOn("syslog")) {
            return Optional.of(SyslogFacility.DAEMON);
        }
        String[] names = Arrays.stream(SyslogFacility.values()).map(SyslogFacility::configName).toArray(String[]::new);
        return SyslogFacility.ofName(in.oneOf("syslog", names));
    }

    /** A path; empty for "off". */
    private static Optional<Path> path(HoconObject in, String key, int longest) {
        if (in.isOff(key)) {
            return Optional.empty();
        }
        String text = in.string(key);
        try {
            if (!text.startsWith("/")) {
                in.error(key, "needs a path that begins with '/'");
            } else if (text.getBytes(StandardCharsets.UTF_8).length > longest) {
                in.error(key, "longer than " + longest + " characters");
            } else {
                return Optional.of(Path.of(text));
            }
        } catch (InvalidPathException e) {
            in.error(key, "this is no path");
        }
        return Optional.empty();
    }

    /** An address; empty with a noted error if it is none. */
    static Optional<InetAddress> address(HoconObject in, String key) {
        if (!in.has(key)) {
            return Optional.empty();
        }
        String text = in.string(key);
        InetAddress address = AddressText.any(text.toLowerCase(Locale.ROOT));
        if (address == null) {
            in.error(key, "'" + text + "' is not a valid address");
        }
        return Optional.ofNullable(address);
    }
}
