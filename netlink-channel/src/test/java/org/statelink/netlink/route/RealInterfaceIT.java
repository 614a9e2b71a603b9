/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.epoll.EpollNetlinkChannel;
import org.statelink.netlink.epoll.PrivateNetwork;

/** The contract on the running kernel, in a network of its own; needs root. */
class RealInterfaceIT extends InterfaceContract {
    private final PrivateNetwork network = new PrivateNetwork();

    @AfterEach
    void leave() {
        network.close();
    }

    @Override
    NetlinkChannelFactory kernel() {
        return protocol -> network.call(() -> new EpollNetlinkChannel(protocol));
    }

    /** Each interface is one end of a cable whose other end has a name that sorts away from it. */
    @Override
    void add(String name) {
        ip("link add " + name + " type veth peer name x" + name);
    }

    @Override
    void set(String name, InterfaceStatus status) {
        ip("link set x" + name + (status == InterfaceStatus.RUNNING ? " up" : " down"));
        ip("link set " + name + (status == InterfaceStatus.DOWN ? " down" : " up"));
        if (status == InterfaceStatus.RUNNING) {
            awaitCarrier(name);
        }
    }

    /** The kernel finds out about a carrier some time after the other end is up. */
    private void awaitCarrier(String name) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!show(name).contains("state UP")) {
            assertThat(System.nanoTime()).as("carrier of " + name).isLessThan(limit);
        }
    }

    private String show(String name) {
        return network.call(() -> new String(new ProcessBuilder("ip", "link", "show", name).start().getInputStream()
            .readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    void rename(String from, String to) {
        ip("link set " + from + " name " + to);
    }

    @Override
    void remove(String name) {
        ip("link del " + name);
    }

    @Override
    void addAddress(String name) {
        ip("address add 192.0.2.1/24 dev " + name);
    }

    private void ip(String arguments) {
        List<String> command = Stream.concat(Stream.of("ip"), Stream.of(arguments.split(" "))).toList();
        int status = network.call(() -> new ProcessBuilder(command).inheritIO().start().waitFor());
        assertThat(status).as(arguments).isZero();
    }

    @Test
    void shouldNotMistakeABridgesPortForAnInterface() throws Exception {
        MonitorFixture fixture = new MonitorFixture(kernel());
        ip("link add bridge0 type bridge");
        ip("link set early0 master bridge0");
        ip("link set early0 nomaster");
        ip("link set bridge0 up");
        fixture.await("bridge0 NO-CARRIER");
        assertThat(fixture.status("early0")).contains(InterfaceStatus.RUNNING);
        fixture.close();
    }

    @Test
    void shouldKnowMoreInterfacesThanOneDatagramHolds() throws Exception {
        for (int i = 0; i < 40; i++) {
            add("many" + i);
        }
        MonitorFixture fixture = new MonitorFixture(kernel());
        assertThat(fixture.status("many39")).contains(InterfaceStatus.DOWN);
        assertThat(fixture.status("xmany0")).contains(InterfaceStatus.DOWN);
        fixture.close();
    }
}
