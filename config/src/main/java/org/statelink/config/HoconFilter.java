/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads "general.filter" of a HOCON configuration. */
final class HoconFilter {
    private HoconFilter() {
    }

    static Filter read(HoconObject in, Environment environment) {
        boolean kernel = in.oneOf("place", "userspace", "kernelspace").equals("kernelspace");
        Filter filter = new Filter(kernel ? Filter.Place.KERNELSPACE : Filter.Place.USERSPACE,
            protocols(in.object("protocols"), environment), addresses(in.object("addresses")),
            states(in.object("states")));
        in.done();
        return filter;
    }

    /** The key of the one list that is there; null if there is none. */
    private static String key(HoconObject in) {
        boolean accept = in.has("accept");
        boolean ignore = in.has("ignore");
        if (accept && ignore) {
            in.error("ignore", "either accept or ignore, not both");
        }
        in.done();
        return accept ? "accept" : ignore ? "ignore" : null;
    }

    private static Filter.Action action(String key) {
        return key.equals("accept") ? Filter.Action.ACCEPT : Filter.Action.IGNORE;
    }

    private static Optional<ProtocolFilter> protocols(HoconObject in, Environment environment) {
        String key = key(in);
        if (key == null) {
            return Optional.empty();
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String name : in.strings(key)) {
            int number = protocol(name, environment);
            if (number < 0 || number > 255) {
                in.error(key, "'" + name + "' is not a known protocol");
            } else {
                numbers.add(number);
            }
        }
        return Optional.of(new ProtocolFilter(action(key), numbers));
    }

    private static int protocol(String name, Environment environment) {
        if (!name.isEmpty() && name.length() <= 3 && name.chars().allMatch(ClassicLexer::isDigit)) {
            return Integer.parseInt(name);
        }
        int number = environment.protocolNumber(name);
        return number >= 0 ? number : environment.protocolNumber(name.toLowerCase(Locale.ROOT));
    }

    private static Optional<AddressFilter> addresses(HoconObject in) {
        String key = key(in);
        if (key == null) {
            return Optional.empty();
        }
        Set<Network> networks = new LinkedHashSet<>();
        for (String text : in.strings(key)) {
            Network network = network(text);
            if (network == null) {
                in.error(key, "'" + text + "' is not a valid network");
            } else {
                networks.add(network);
            }
        }
        return Optional.of(new AddressFilter(action(key), List.copyOf(networks)));
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        InetAddress address = AddressText.any(slash < 0 ? text : text.substring(0, slash));
        if (address == null || slash < 0) {
            return address == null ? null : Network.of(address);
        }
        String prefix = text.substring(slash + 1);
        if (prefix.isEmpty() || prefix.length() > 3 || !prefix.chars().allMatch(ClassicLexer::isDigit)) {
            return null;
        }
        int length = Integer.parseInt(prefix);
        return length > (address instanceof Inet4Address ? 32 : 128) ? null : new Network(address, length);
    }

    private static Optional<StateFilter> states(HoconObject in) {
        String key = key(in);
        if (key == null) {
            return Optional.empty();
        }
        Set<TcpState> states = EnumSet.noneOf(TcpState.class);
        for (String name : in.strings(key)) {
            String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
            if (Words.STATES.contains(upper)) {
                states.add(upper.equals("CLOSED") ? TcpState.CLOSE : TcpState.valueOf(upper));
            } else {
                in.error(key, "'" + name + "' is not a TCP state");
            }
        }
        return Optional.of(new StateFilter(action(key), states));
    }
}
