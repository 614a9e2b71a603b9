/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a few lines what a daemon of a configuration does. */
public final class ConfigSummary {
    private final StringBuilder out = new StringBuilder();

    private ConfigSummary() {
    }

    /** Several lines, each with a line break. */
    public static String of(DaemonConfig config) {
        ConfigSummary summary = new ConfigSummary();
        config.sync().ifPresent(summary::sync);
        config.stats().ifPresent(summary::stats);
        if (!config.helpers().isEmpty()) {
            summary.line("serves the helpers " + config.helpers().helpers().stream().map(HelperConfig::name)
                .collect(Collectors.joining(", ")));
        }
        if (summary.out.isEmpty()) {
            summary.line("does nothing but answer on its control socket");
        }
        summary.general(config);
        return summary.out.toString();
    }

    private void sync(Sync sync) {
        List<LinkConfig> links = sync.links();
        String transport = links.isEmpty() ? "" : " over " + links.getFirst().transport().keyword();
        line("replicates in mode " + sync.mode().displayName() + transport + what(sync));
        for (int i = 0; i < links.size(); i++) {
            line("  link " + (i + 1) + (i == sync.initialLink() ? " (used first): " : ": ") + link(links.get(i)));
        }
    }

    private static String what(Sync sync) {
        StringBuilder text = new StringBuilder();
        Options options = sync.options();
        if (options.tcpWindowTracking()) {
            text.append(", with TCP windows");
        }
        if (options.expectationSync()) {
            text.append(", with expectations");
            if (!options.expectationHelpers().isEmpty()) {
                text.append(" of ").append(String.join(", ", options.expectationHelpers()));
            }
        }
        if (sync.mode().disableExternalCache()) {
            text.append(", straight into the kernel");
        }
        return text.toString();
    }

    private static String link(LinkConfig link) {
        String destination = switch (link) {
            case MulticastLink multicast -> multicast.interfaceAddress().map(from -> " from " + text(from)).orElse("");
            case UdpLink udp -> to(udp.destination());
            case TcpLink tcp -> to(tcp.destination());
        };
        return link.interfaceName().orElse("no interface") + ", "
            + link.address().map(ConfigSummary::text).orElse("no address") + " port " + link.port() + destination;
    }

    private static String to(Optional<InetAddress> destination) {
        return " to " + destination.map(ConfigSummary::text).orElse("nobody");
    }

    private void stats(Stats stats) {
        line("keeps statistics of flows, logs finished ones to "
            + target(stats.logFile().map(Object::toString), stats.syslog()));
        stats.jsonLog().ifPresent(log -> line("logs finished flows as JSON to " + log.file()));
    }

    private void general(DaemonConfig config) {
        General general = config.general();
        line("control socket " + general.controlSocket().map(Object::toString).orElse("none") + ", lock file "
            + general.lockFile() + ", log to " + target(general.logFile().map(Object::toString), general.syslog()));
        config.metrics().listen().ifPresent(listen ->
            line("metrics and health on http://" + Metrics.format(listen) + "/"));
        if (config.sync().isPresent() || config.stats().isPresent()) {
            line("at most " + general.hashLimit() + " objects in a cache, " + (general.pollSeconds() > 0
                ? "the kernel's table dumped every " + general.pollSeconds() + " s"
                : "kernel events" + (general.netlinkEventsReliable() ? " (reliable)" : "")));
            line("flows: " + filter(general.filter()));
        }
    }

    private static String filter(Filter filter) {
        if (filter.isEmpty()) {
            return "all";
        }
        String place = filter.place() == Filter.Place.KERNELSPACE ? ", filtered in the kernel" : "";
        return filter.protocols().map(set -> set(set.action(), "protocols", set.numbers().toString())).orElse("")
            + filter.addresses().map(set -> set(set.action(), "addresses", set.networks().toString())).orElse("")
            + filter.states().map(set -> set(set.action(), "TCP states", set.states().toString())).orElse("")
            + "everything else as it comes" + place;
    }

    private static String set(Filter.Action action, String what, String members) {
        return (action == Filter.Action.ACCEPT ? "only " : "without ") + what + ' '
            + members.toLowerCase(Locale.ROOT) + "; ";
    }

    private static String target(Optional<String> file, Optional<SyslogFacility> syslog) {
        if (file.isEmpty() && syslog.isEmpty()) {
            return "nowhere";
        }
        String facility = syslog.map(each -> "syslog " + each.configName()).orElse("");
        return file.orElse("") + (file.isPresent() && syslog.isPresent() ? " and " : "") + facility;
    }

    private static String text(InetAddress address) {
        return AddressText.format(address);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
