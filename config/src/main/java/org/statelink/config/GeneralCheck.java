/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Checks what does not depend on links. */
final class GeneralCheck {
    private static final int TCP = 6;
    private static final int KERNEL_FILTER_IPV4 = 127;
    private static final int KERNEL_FILTER_IPV6 = 20;

    private final DaemonConfig config;
    private final General general;
    private final Places places;
    private final Environment environment;
    private final List<Diagnostic> found;

    GeneralCheck(DaemonConfig config, Places places, Environment environment, List<Diagnostic> found) {
        this.config = config;
        this.places = places;
        this.environment = environment;
        this.found = found;
        general = config.general();
    }

    void run() {
        if (general.controlSocket().isEmpty()) {
            warn("UNIX", "no control socket: no client, and so no failover script, can talk to the daemon");
        }
        if (general.scheduler().priority() == 0) {
            warn("Priority", "the kernel refuses real-time priority 0: the daemon will run with the normal scheduler");
        }
        sizes();
        polling();
        filter();
        stats();
        helpers();
        config.metrics().listen().ifPresent(this::metrics);
    }

    private void metrics(InetSocketAddress listen) {
        if (!listen.getAddress().isLoopbackAddress()) {
            warn("listen", "metrics are told to whoever reaches " + Metrics.format(listen)
                + ": there is no password, let the firewall guard it");
        }
        if (!listen.getAddress().isAnyLocalAddress() && !environment.hasAddress(listen.getAddress())) {
            error("listen", "metrics cannot listen on " + Metrics.format(listen)
                + ": no interface has this address");
        }
    }

    private void sizes() {
        OptionalLong most = environment.sysctl("net.netfilter.nf_conntrack_max");
        boolean hasCache = config.sync().isPresent() || config.stats().isPresent();
        if (hasCache && most.isPresent() && general.hashLimit() < most.getAsLong()) {
            warn("HashLimit", "HashLimit " + general.hashLimit() + " is below this kernel's nf_conntrack_max "
                + most.getAsLong() + ": a full kernel table will not fit into the caches");
        }
        if (general.netlinkBufferSize() > general.netlinkBufferSizeMaxGrowth()) {
            warn("NetlinkBufferSize", "NetlinkBufferSize is greater than NetlinkBufferSizeMaxGrowth and so is ignored");
        }
        OptionalLong largest = environment.sysctl("net.core.rmem_max");
        if (largest.isPresent() && general.eventBufferSize() > largest.getAsLong()) {
            warn("NetlinkBufferSize", "NetlinkBufferSize " + general.eventBufferSize() + " is beyond net.core.rmem_max "
                + largest.getAsLong() + ": only a daemon with CAP_NET_ADMIN gets it");
        }
    }

    private void polling() {
        if (general.pollSeconds() > 0 && general.filter().place() == Filter.Place.KERNELSPACE) {
            warn("Kernelspace", "a filter in the kernel sees events only, and PollSecs takes none: "
                + "what is polled is filtered in the daemon");
        }
        if (general.pollSeconds() > 0 && general.netlinkEventsReliable()) {
            warn("NetlinkEventsReliable", "NetlinkEventsReliable says nothing while PollSecs takes no events");
        }
    }

    private void filter() {
        Filter filter = general.filter();
        boolean noTcp = filter.protocols().map(set ->
            set.numbers().contains(TCP) != (set.action() == Filter.Action.ACCEPT)).orElse(false);
        if (filter.states().isPresent() && noTcp) {
            warn("State", "the filter by TCP state says nothing, because the filter by protocol lets no TCP pass");
        }
        filter.protocols().filter(set -> set.action() == Filter.Action.ACCEPT && set.numbers().isEmpty())
            .ifPresent(set -> warn("Protocol", "the filter accepts no protocol at all: nothing will pass"));
        filter.addresses().filter(set -> set.action() == Filter.Action.ACCEPT && set.networks().isEmpty())
            .ifPresent(set -> warn("Address", "the filter accepts no address at all: nothing will pass"));
        if (filter.place() == Filter.Place.KERNELSPACE) {
            filter.addresses().ifPresent(this::kernelFilter);
        }
    }

    private void kernelFilter(AddressFilter filter) {
        long ipv4 = filter.networks().stream().filter(each -> each.address() instanceof Inet4Address).count();
        long ipv6 = filter.networks().size() - ipv4;
        if (ipv4 > KERNEL_FILTER_IPV4 || ipv6 > KERNEL_FILTER_IPV6) {
            warn("Kernelspace", "a filter in the kernel holds at most " + KERNEL_FILTER_IPV4 + " IPv4 and "
                + KERNEL_FILTER_IPV6 + " IPv6 networks, this one has " + ipv4 + " and " + ipv6);
        }
    }

    private void stats() {
        config.stats().filter(stats -> !stats.isLogging())
            .ifPresent(stats -> warn("Stats", "Stats names neither LogFile nor Syslog: flows are logged nowhere"));
    }

    private void helpers() {
        Map<Integer, String> queues = new HashMap<>();
        for (HelperConfig helper : config.helpers().helpers()) {
            String other = queues.putIfAbsent(helper.queueNumber(), helper.name());
            if (other != null) {
                warn("", "the helpers " + other + " and " + helper.name() + " share queue " + helper.queueNumber());
            }
        }
    }

    private void error(String word, String message) {
        found.add(places.diagnostic(Severity.ERROR, word, message));
    }

    private void warn(String word, String message) {
        found.add(places.diagnostic(Severity.WARNING, word, message));
    }
}
