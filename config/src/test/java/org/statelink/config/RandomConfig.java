/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Makes configurations that use every option sooner or later. */
final class RandomConfig {
    private static final String[] NAMES =
        {"eth0", "e0", "bond0.17", "TCP", "on", "wan@if5", "a\"b\\c", "caf\u00e9", "5g"};

    private final Random random;

    RandomConfig(long seed) {
        random = new Random(seed);
    }

    DaemonConfig next() {
        boolean replicates = random.nextBoolean();
        return new DaemonConfig(general(), replicates ? Optional.of(sync()) : Optional.empty(),
            replicates ? Optional.empty() : maybe(this::stats),
            new Helpers(random.nextBoolean(), list(3, this::helper)), new Metrics(maybe(this::socket)));
    }

    private General general() {
        GeneralBuilder general = General.builder().hashSize(positive()).hashLimit(positive())
            .lockFile(path()).netlinkBufferSize(natural()).netlinkBufferSizeMaxGrowth(natural())
            .overrunResyncSeconds(natural()).netlinkEventsReliable(random.nextBoolean())
            .eventIterationLimit(positive()).pollSeconds(natural()).systemd(random.nextBoolean()).filter(filter())
            .nice(random.nextInt(General.LEAST_NICE, General.MOST_NICE + 1))
            .scheduler(new Scheduler(any(Scheduler.Type.values()), random.nextInt(100)))
            .syslog(maybe(() -> any(SyslogFacility.values())));
        maybe(this::path).ifPresent(general::logFile);
        maybe(this::path).ifPresent(general::controlSocket);
        return general.build();
    }

    private Filter filter() {
        return new Filter(any(Filter.Place.values()),
            maybe(() -> new ProtocolFilter(action(), new TreeSet<>(list(4, () -> random.nextInt(256))))),
            maybe(() -> new AddressFilter(action(), List.copyOf(new LinkedHashSet<>(list(5, this::network))))),
            maybe(() -> new StateFilter(action(), states())));
    }

    private Set<TcpState> states() {
        Set<TcpState> states = EnumSet.noneOf(TcpState.class);
        states.addAll(list(5, () -> any(TcpState.values())));
        return states;
    }

    private Sync sync() {
        LinkConfig.Transport transport = any(LinkConfig.Transport.values());
        Options options = random.nextBoolean() ? new Options(random.nextBoolean(), random.nextBoolean(), List.of())
            : new Options(random.nextBoolean(), true, List.of("ftp", "sip", "Q.931"));
        return new Sync(mode(), list(4, () -> link(transport)), options, positive());
    }

    private Mode mode() {
        boolean external = random.nextBoolean();
        int commit = external ? 0 : natural();
        return switch (random.nextInt(3)) {
            case 0 -> new Mode.Ftfw(positive(), positive(), commit, positive(), external, random.nextBoolean());
            case 1 -> new Mode.Notrack(commit, positive(), random.nextBoolean(), external, random.nextBoolean());
            default -> new Mode.Alarm(positive(), positive(), natural(), positive());
        };
    }

    private LinkConfig link(LinkConfig.Transport transport) {
        boolean preferred = random.nextBoolean();
        Optional<String> name = maybe(() -> any(NAMES));
        Optional<InetAddress> address = maybe(this::address);
        int port = random.nextInt(65536);
        int send = natural();
        int receive = natural();
        boolean checksum = random.nextBoolean();
        return switch (transport) {
            case MULTICAST -> new MulticastLink(preferred, name, address, maybe(this::ipv4), port, send, receive,
                checksum);
            case UDP -> new UdpLink(preferred, name, address, maybe(this::address), port, send, receive, checksum);
            case TCP -> new TcpLink(preferred, name, address, maybe(this::address), port, send, receive, checksum);
        };
    }

    private Stats stats() {
        return new Stats(Optional.of(path()), Optional.empty(),
            maybe(() -> new JsonLog(path(), natural(), natural(), random.nextInt(JsonLog.MOST_KEPT + 1))),
            1 + random.nextInt(Stats.LONGEST_QUEUE), Math.max(1, natural()));
    }

    private HelperConfig helper() {
        String name = any("ftp", "sane", "tns", "rpc");
        return new HelperConfig(name, random.nextBoolean(), false, natural(), natural(),
            list(2, () -> new HelperConfig.Policy(name, natural(), natural())));
    }

    private Network network() {
        InetAddress address = address();
        return new Network(address, random.nextInt(address instanceof Inet4Address ? 33 : 129));
    }

    private InetSocketAddress socket() {
        return new InetSocketAddress(address(), 1 + random.nextInt(65535));
    }

    private InetAddress address() {
        return random.nextBoolean() ? ipv4()
            : AddressText.ipv6(any("::1", "::ffff:a00:1", "2001:db8::" + hex(), "fe80::" + hex()));
    }

    private Inet4Address ipv4() {
        return AddressText.ipv4("10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256));
    }

    private String hex() {
        return Integer.toHexString(random.nextInt(65536));
    }

    private Path path() {
        return Path.of("/tmp/" + any("x", "with space", "a\"b", "$x${y}", "tab\tand#hash") + random.nextInt(100));
    }

    private Filter.Action action() {
        return any(Filter.Action.values());
    }

    private int natural() {
        return random.nextInt(4) == 0 ? 0 : positive();
    }

    private int positive() {
        return random.nextInt(10) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(100000);
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> maker) {
        return random.nextBoolean() ? Optional.of(maker.get()) : Optional.empty();
    }

    private <T> List<T> list(int most, Supplier<T> maker) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(maker.get());
        }
        return list;
    }
}
