/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.netlink.epoll.NetlinkFixture.await;
import static org.statelink.netlink.epoll.NetlinkFixture.until;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkOverrunEvent;

/**
 * Events that do not fit the receive buffer. Writer and listener share a loop: the kernel makes all the events within
 * one write, when nobody can read.
 */
class NetlinkOverrunIT {
    private static final int TINY = 16 * 1024;
    private static final int MANY = 200;

    private final NetlinkFixture fixture = new NetlinkFixture();
    private final Recorder events = new Recorder();
    private final Recorder answers = new Recorder();
    private EpollNetlinkChannel listener;
    private EpollNetlinkChannel writer;

    @BeforeEach
    void open() {
        listener = fixture.open(events);
        listener.config().setReceiveBufferSize(TINY);
        fixture.register(listener);
        await(listener.bind(new NetlinkAddress(0, Requests.GROUP_NEW)));
        writer = fixture.bind(answers, 0);
    }

    @AfterEach
    void close() {
        fixture.close();
        assertThat(events.failures).isEmpty();
        assertThat(answers.failures).isEmpty();
    }

    @Test
    void shouldTellAnOverrunOnceAndGoOn() {
        overrun();
        until("the overrun", () -> !events.events.isEmpty());
        assertThat(events.events).containsExactly(NetlinkOverrunEvent.INSTANCE);

        assertUsable();
        assertThat(events.datagrams.size()).as("the rest is lost").isLessThan(MANY);
        assertThat(events.events).containsExactly(NetlinkOverrunEvent.INSTANCE);
        assertThat(listener.counters().overruns()).isEqualTo(1);
    }

    @Test
    void shouldTellEachOverrun() {
        overrun();
        until("the first", () -> listener.counters().overruns() == 1);
        assertUsable();
        await(writer.writeAndFlush(Requests.flush(9)));
        overrun();
        until("the second", () -> listener.counters().overruns() == 2);
        assertThat(events.events).hasSize(2);
    }

    @Test
    void shouldTellAnOverrunWhileReadsArePausedWithoutSpinning() {
        fixture.onLoop(() -> listener.config().setAutoRead(false));
        overrun();
        until("the overrun", () -> !events.events.isEmpty());
        fixture.spin(3);
        long wakeups = wakeups();
        fixture.spin(100);

        assertThat(wakeups()).as("wakeups by the error that was taken").isEqualTo(wakeups);
        assertThat(wakeups).isLessThanOrEqualTo(4);
        assertThat(events.events).containsExactly(NetlinkOverrunEvent.INSTANCE);
        assertThat(events.datagrams).as("reads are paused").isEmpty();

        listener.config().setAutoRead(true);
        until("what the buffer held", () -> !events.datagrams.isEmpty());
        assertUsable();
    }

    @Test
    void shouldNotTellAnOverrunIfNotWanted() {
        listener.config().setNoEnobufs(true);
        overrun();
        until("what the buffer held", () -> !events.datagrams.isEmpty());
        assertUsable();
        assertThat(events.events).isEmpty();
        assertThat(listener.counters().overruns()).isZero();
    }

    private void overrun() {
        await(writer.writeAndFlush(Requests.createAll(MANY)));
    }

    private void assertUsable() {
        fixture.spin(5);
        int before = events.datagrams.size();
        await(writer.writeAndFlush(Requests.create(2, 2000 + before)));
        until("a new event", () -> events.datagrams.size() == before + 1);
        assertThat(listener.isActive()).isTrue();
    }

    private long wakeups() {
        return fixture.onLoop(listener::wakeups);
    }
}
