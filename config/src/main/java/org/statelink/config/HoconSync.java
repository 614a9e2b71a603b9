/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads "sync" of a HOCON configuration. */
final class HoconSync {
    /** The options that not every mode has, with the modes that have them. */
    private static final Map<String, Set<String>> ONLY_IN = Map.of(
        "resend-queue-size", Set.of("ftfw"), "ack-window-size", Set.of("ftfw"),
        "refresh-time", Set.of("alarm"), "cache-timeout", Set.of("alarm"),
        "disable-internal-cache", Set.of("notrack"), "disable-external-cache", Set.of("ftfw", "notrack"),
        "startup-resync", Set.of("ftfw", "notrack"));

    private HoconSync() {
    }

    /** Null if an error makes it impossible. */
    static Sync read(HoconObject in, Config own, Environment environment) {
        Mode mode = mode(in, own);
        Options options = options(in);
        int errorQueueLength = in.integer("error-queue-length", 1, Integer.MAX_VALUE);
        ConfigObject defaults = in.raw("link-defaults");
        List<LinkConfig> links = new ArrayList<>();
        for (HoconObject each : in.objects("links", defaults)) {
            LinkConfig link = link(each, environment);
            if (!links.isEmpty() && links.getFirst().transport() != link.transport()) {
                each.error("transport", "cannot use `" + link.transport().keyword()
                    + "' with other dedicated link protocols!");
            } else if (links.size() == Limits.LINKS) {
                in.error("links", LinkBlock.TOO_MANY);
                break;
            } else {
                links.add(link);
            }
        }
        in.done();
        return new Sync(mode, links, options, errorQueueLength);
    }

    private static Mode mode(HoconObject in, Config own) {
        String name = in.oneOf("mode", "ftfw", "notrack", "alarm");
        ONLY_IN.forEach((key, modes) -> {
            if (own.hasPath(key) && !modes.contains(name)) {
                in.error(key, "mode " + name + " has no such option");
            }
        });
        int resendQueueSize = in.integer("resend-queue-size", 1, Integer.MAX_VALUE);
        int ackWindowSize = in.integer("ack-window-size", 1, Integer.MAX_VALUE);
        int refreshTime = in.seconds("refresh-time", 1);
        int cacheTimeout = in.seconds("cache-timeout", 1);
        int commitTimeout = in.secondsOrOff("commit-timeout");
        int purgeTimeout = in.seconds("purge-timeout", 1);
        boolean internal = in.bool("disable-internal-cache");
        boolean external = in.bool("disable-external-cache");
        boolean startupResync = in.bool("startup-resync");
        if (external && commitTimeout > 0) {
            in.warning("commit-timeout", "`CommitTimeout' can't be combined with `DisableExternalCache', "
                + "ignoring this option. Fix your configuration file.");
            commitTimeout = 0;
        }
        return switch (name) {
            case "ftfw" -> new Mode.Ftfw(resendQueueSize, ackWindowSize, commitTimeout, purgeTimeout, external,
                startupResync);
            case "notrack" -> new Mode.Notrack(commitTimeout, purgeTimeout, internal, external, startupResync);
            default -> new Mode.Alarm(refreshTime, cacheTimeout, commitTimeout, purgeTimeout);
        };
    }

    private static Options options(HoconObject in) {
        boolean windows = in.bool("tcp-window-tracking");
        if (!in.isList("expectation-sync")) {
            return new Options(windows, in.bool("expectation-sync"), List.of());
        }
        List<String> helpers = new ArrayList<>();
        for (String name : in.strings("expectation-sync")) {
            String kept = name.substring(0, Math.min(Limits.HELPER_NAME, name.length()));
            if (!helpers.contains(kept)) {
                helpers.add(kept);
            }
        }
        return new Options(windows, true, helpers);
    }

    private static LinkConfig link(HoconObject in, Environment environment) {
        LinkConfig.Transport transport = LinkConfig.Transport.valueOf(
            in.oneOf("transport", "multicast", "udp", "tcp").toUpperCase(Locale.ROOT));
        Optional<String> interfaceName = interfaceName(in, environment);
        Optional<InetAddress> address = HoconGeneral.address(in, "address");
        boolean preferred = in.bool("preferred");
        int port = in.integer("port", 0, 65535);
        int sendBuffer = in.bytes("send-buffer");
        int receiveBuffer = in.bytes("receive-buffer");
        boolean checksum = in.bool("checksum");
        if (transport == LinkConfig.Transport.MULTICAST) {
            Optional<Inet4Address> local = interfaceAddress(in);
            in.done();
            return new MulticastLink(preferred, interfaceName, address, local, port, sendBuffer, receiveBuffer,
                checksum);
        }
        Optional<InetAddress> destination = HoconGeneral.address(in, "destination");
        in.done();
        return transport == LinkConfig.Transport.UDP
            ? new UdpLink(preferred, interfaceName, address, destination, port, sendBuffer, receiveBuffer, checksum)
            : new TcpLink(preferred, interfaceName, address, destination, port, sendBuffer, receiveBuffer, checksum);
    }

    private static Optional<String> interfaceName(HoconObject in, Environment environment) {
        if (!in.has("interface")) {
            return Optional.empty();
        }
        String name = in.string("interface");
        if (!environment.hasInterface(name)) {
            in.warning("interface", name + " is an invalid interface");
        }
        return Optional.of(name);
    }

    private static Optional<Inet4Address> interfaceAddress(HoconObject in) {
        Optional<InetAddress> address = HoconGeneral.address(in, "interface-address");
        if (address.isPresent() && !(address.get() instanceof Inet4Address)) {
            in.error("interface-address", "needs an IPv4 address");
            return Optional.empty();
        }
        return address.map(Inet4Address.class::cast);
    }
}
