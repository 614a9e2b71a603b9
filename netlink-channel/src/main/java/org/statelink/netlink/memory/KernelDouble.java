/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.NetlinkProtocol;

/**
 * A kernel in memory: one conntrack table with its expectations, network interfaces, and channels to them that speak
 * ctnetlink and rtnetlink. Its rules are those that the real kernel was seen to have; one set of tests runs on both.
 * Thread safe: channels may live on different loops.
 *
 * <p>Simpler than the real one: a port clash of translated flows is {@code EEXIST} rather than another port, and no
 * helper looks into packets: what one would expect is told by {@link #expect}.
 */
public final class KernelDouble extends MemoryKernel implements NetlinkChannelFactory {
    private static final long SWEEP_NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final KernelTable table = new KernelTable();
    private final ExpectationTable expected = new ExpectationTable();
    private final ExpectationRequests expectationRequests;
    private final KernelInterfaces interfaces = new KernelInterfaces();
    private final KernelRequests requests;
    private long lastSweep;

    /** An empty table whose timeouts run by {@link System#nanoTime()}. */
    public KernelDouble() {
        this(System::nanoTime);
    }

    /** An empty table whose timeouts run by the clock given, in nanoseconds; it is read on any thread. */
    public KernelDouble(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        expectationRequests = new ExpectationRequests(this, table, expected);
        requests = new KernelRequests(this, table, expectationRequests);
        lastSweep = nanoTime.getAsLong();
    }

    @Override
    public NetlinkChannel newChannel(int protocol) {
        return new MemoryNetlinkChannel(protocol == NetlinkProtocol.ROUTE ? interfaces : this);
    }

    /** The network interfaces: the loopback interface, unless told otherwise. */
    public KernelInterfaces interfaces() {
        return interfaces;
    }

    @Override
    synchronized void request(MemoryNetlinkChannel channel, ByteBuf datagram) {
        sweepIfDue();
        requests.handle(channel, datagram);
    }

    @Override
    synchronized void dumpPage(MemoryNetlinkChannel channel) {
        requests.dumpPage(channel);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Sends an event to whoever joined its group. */
    void event(ConntrackEventType type, int portId, KernelEntry entry) {
        int group = switch (type) {
            case NEW -> ConntrackGroup.NEW;
            case UPDATE -> ConntrackGroup.UPDATE;
            case DESTROY -> ConntrackGroup.DESTROY;
        };
        entry.refresh(now());
        multicast(group, out -> KernelMessages.event(out, type, portId, entry.flow));
    }

    private void multicast(int group, Consumer<ByteBuf> message) {
        forEachListener(group, channel -> {
            ByteBuf out = channel.alloc().buffer(512);
            message.accept(out);
            send(channel, out);
        });
    }

    /** Tells of a new expectation. */
    void created(KernelExpectation entry, int portId) {
        entry.refresh(now());
        multicast(ConntrackGroup.EXPECTATION_NEW,
            out -> KernelMessages.event(out, ConntrackEventType.NEW, portId, entry.expectation));
    }

    void remove(KernelExpectation entry, int portId) {
        expected.remove(entry);
        entry.refresh(now());
        multicast(ConntrackGroup.EXPECTATION_DESTROY,
            out -> KernelMessages.event(out, ConntrackEventType.DESTROY, portId, entry.expectation));
    }

    /**
     * Does what a helper does that finds a flow announced: the master's helper must be attached. The expectation stays
     * the caller's.
     *
     * @return a positive errno, or 0
     */
    public synchronized int expect(Expectation expectation) {
        sweepIfDue();
        return expectationRequests.create(expectation, 0);
    }

    /**
     * Does what a packet would do: confirms the flow, or changes it where it is known already, with an event that
     * nobody's request caused. The reply tuple is taken as it is; where there is none it is made from the
     * {@link org.statelink.conntrack.Nat} fields. No rule is applied. The flow stays the caller's.
     *
     * @return false when the flow's tuples clash with another one
     */
    public synchronized boolean traffic(Conntrack flow) {
        sweepIfDue();
        KernelEntry known = table.find(flow);
        if (known != null) {
            known.flow.merge(flow);
            takeTimeout(known, flow);
            event(ConntrackEventType.UPDATE, 0, known);
            return true;
        }
        KernelEntry entry = new KernelEntry();
        entry.flow.set(flow);
        if (!flow.reply().isSet()) {
            NatMapping.toReply(entry.flow);
        }
        forgetNat(entry.flow);
        entry.flow.setStatus(flow.status() | Status.CONFIRMED);
        takeTimeout(entry, flow);
        if (table.insert(entry) != 0) {
            return false;
        }
        KernelExpectation announced = expected.matching(flow);
        if (announced != null) {
            fulfil(announced, entry.flow);
        }
        event(ConntrackEventType.NEW, 0, entry);
        return true;
    }

    private void fulfil(KernelExpectation announced, Conntrack flow) {
        flow.master().set(announced.master.flow.original());
        flow.setStatus(flow.status() | Status.EXPECTED);
        if ((announced.expectation.flags() & Expectation.PERMANENT) == 0) {
            remove(announced, 0);
        }
    }

    private void takeTimeout(KernelEntry entry, Conntrack flow) {
        if (flow.has(Field.TIMEOUT)) {
            entry.setTimeout(flow.timeout(), now());
        }
    }

    private static void forgetNat(Conntrack flow) {
        flow.forget(Field.SNAT_ADDRESS);
        flow.forget(Field.DNAT_ADDRESS);
        flow.forget(Field.SNAT_PORT);
        flow.forget(Field.DNAT_PORT);
    }

    /** Ends the flow with the key's original tuple and zone, as its timeout would; false where there is none. */
    public synchronized boolean expire(Conntrack key) {
        KernelEntry entry = table.find(key);
        if (entry != null) {
            remove(entry, 0);
        }
        return entry != null;
    }

    void remove(KernelEntry entry, int portId) {
        table.remove(entry);
        event(ConntrackEventType.DESTROY, portId, entry);
        for (KernelExpectation expectation : expected.ofMaster(entry)) {
            remove(expectation, portId);
        }
    }

    /** Ends every flow and expectation whose time is over; happens by itself with the next request once a second. */
    public synchronized void sweep() {
        long now = now();
        lastSweep = now;
        for (KernelEntry entry : table.snapshot()) {
            if (entry.isExpired(now)) {
                remove(entry, 0);
            }
        }
        for (KernelExpectation entry : expected.snapshot()) {
            if (entry.isExpired(now)) {
                remove(entry, 0);
            }
        }
    }

    private void sweepIfDue() {
        if (now() - lastSweep >= SWEEP_NANOS) {
            sweep();
        }
    }

    /** Copies of all flows, in the order in which they came, with their reply tuples. */
    public synchronized List<Conntrack> flows() {
        List<Conntrack> flows = new ArrayList<>(table.size());
        for (KernelEntry entry : table.snapshot()) {
            entry.refresh(now());
            Conntrack copy = new Conntrack();
            copy.set(entry.flow);
            flows.add(copy);
        }
        return flows;
    }

    /** Copies of all expectations, in the order in which they came. */
    public synchronized List<Expectation> expectations() {
        List<Expectation> expectations = new ArrayList<>();
        for (KernelExpectation entry : expected.snapshot()) {
            entry.refresh(now());
            Expectation copy = new Expectation();
            copy.set(entry.expectation);
            expectations.add(copy);
        }
        return expectations;
    }

    /** How many flows there are. */
    public synchronized int size() {
        return table.size();
    }

    /** Sets how many flows fit ({@code nf_conntrack_max}); creating more fails with {@code ENOMEM}. */
    public synchronized void setLimit(int flows) {
        table.setLimit(flows);
    }

    /** Sets whether labels can be attached; if not, they fail with {@code ENOSPC}. They can by default. */
    public synchronized void setLabelsSupported(boolean supported) {
        table.setLabelsSupported(supported);
    }

    /** Sets the helpers that can be attached; others fail with {@code EOPNOTSUPP}. */
    public synchronized void setHelpers(Set<String> names) {
        table.setHelpers(names);
    }

    /** Sets whether requests are allowed; if not, they fail with {@code EPERM}. They are by default. */
    public synchronized void setPrivileged(boolean privileged) {
        requests.setPrivileged(privileged);
    }

    /** Marks the next dumps, so many, as interrupted ({@code NLM_F_DUMP_INTR}). */
    public synchronized void interruptDumps(int dumps) {
        requests.interruptDumps(dumps);
    }
}
