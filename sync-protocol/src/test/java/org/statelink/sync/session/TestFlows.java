/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;

/** A small internal cache: flows have a number, their address, and a version, their mark. */
public final class TestFlows implements ObjectSource {
    private static final class Flow {
        int number;
        int version;
        int type;
        int state;
        int position;
        boolean free;
    }

    final List<Integer> released = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>(List.of(new Flow()));
    private final Deque<Integer> freeRefs = new ArrayDeque<>();
    private final Map<Integer, Integer> refs = new HashMap<>();
    private final Conntrack scratch = new Conntrack();
    private SyncSession session;

    /** Before anything is queued. */
    public void attach(SyncSession owner) {
        session = owner;
    }

    /** Adds a flow, in place of one with the same number that may be dying; returns its ref, which is queued. */
    public int create(int number, int version) {
        Integer old = refs.remove(number);
        if (old != null) {
            session.forget(old);
            free(old);
        }
        int ref = add(number, version, MessageType.CT_NEW);
        session.send(ref);
        return ref;
    }

    int add(int number, int version, int type) {
        int ref = freeRefs.isEmpty() ? flows.size() : freeRefs.poll();
        if (ref == flows.size()) {
            flows.add(new Flow());
        }
        Flow flow = new Flow();
        flow.number = number;
        flow.version = version;
        flow.type = type;
        flows.set(ref, flow);
        refs.put(number, ref);
        return ref;
    }

    public boolean isAlive(int number) {
        return refs.containsKey(number) && flows.get(refs.get(number)).type != MessageType.CT_DELETE;
    }

    public void update(int number, int version) {
        int ref = refs.get(number);
        flows.get(ref).version = version;
        flows.get(ref).type = MessageType.CT_UPDATE;
        session.send(ref);
    }

    public void destroy(int number) {
        int ref = refs.get(number);
        flows.get(ref).type = MessageType.CT_DELETE;
        session.send(ref);
    }

    void sendAll() {
        refs.values().forEach(session::send);
    }

    public Map<Integer, Integer> table() {
        Map<Integer, Integer> table = new HashMap<>();
        refs.forEach((number, ref) -> {
            if (flows.get(ref).type != MessageType.CT_DELETE) {
                table.put(number, flows.get(ref).version);
            }
        });
        return table;
    }

    /** Flows kept, dying ones included. */
    int size() {
        return refs.size();
    }

    @Override
    public int type(int ref) {
        return flows.get(ref).type;
    }

    @Override
    public void encode(int ref, ByteBuf out) {
        Flow flow = flows.get(ref);
        if (flow.free) {
            throw new AssertionError("a freed flow is sent");
        }
        scratch.clear();
        scratch.original().setIpv4(flow.number, ~flow.number);
        scratch.original().setProtocol(IpProtocol.UDP);
        scratch.original().setPorts(5000, 99);
        scratch.setStatus(8);
        scratch.setTimeout(60);
        scratch.setMark(flow.version);
        ConntrackBody.encode(scratch, out, true, false);
    }

    @Override
    public int queueState(int ref) {
        return flows.get(ref).state;
    }

    @Override
    public int queuePosition(int ref) {
        return flows.get(ref).position;
    }

    @Override
    public void setQueue(int ref, int state, int position) {
        flows.get(ref).state = state;
        flows.get(ref).position = position;
    }

    @Override
    public void released(int ref) {
        released.add(ref);
        Flow flow = flows.get(ref);
        if (flow.free || flow.state != QUEUE_NONE) {
            throw new AssertionError("released while queued or freed");
        }
        if (flow.type == MessageType.CT_DELETE) {
            refs.remove(flow.number, ref);
            free(ref);
        }
    }

    private void free(int ref) {
        flows.get(ref).free = true;
        freeRefs.add(ref);
    }
}
