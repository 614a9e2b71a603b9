/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.ProtocolInfo;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.TcpStates;

/**
 * Makes of a flow that a peer told what the kernel is asked to create.
 *
 * <p>Source: docs of conntrackd's modes, section 8.2; one thing is better than there: window scales come with the
 * flag without which the kernel drops them.
 */
public final class CommitPreparation implements CommitRules<Conntrack> {
    private static final int WINDOW_SCALE = 0x01;
    private static final int BE_LIBERAL = 0x08;
    /** The kernel refuses these, or sets them by itself. */
    private static final int NEVER_WRITTEN = Status.EXPECTED | Status.DYING | Status.TEMPLATE | Status.UNTRACKED
        | Status.OFFLOAD | Status.HW_OFFLOAD;

    private final int commitTimeoutSeconds;
    private final boolean windowTracking;

    /**
     * How flows are committed.
     *
     * @param commitTimeoutSeconds the timeout that every flow gets; 0 for what is left of its own
     * @param windowTracking whether the kernel shall check TCP windows; else it is told to be liberal
     */
    public CommitPreparation(int commitTimeoutSeconds, boolean windowTracking) {
        this.commitTimeoutSeconds = commitTimeoutSeconds;
        this.windowTracking = windowTracking;
    }

    @Override
    public void prepare(Conntrack flow, int ageSeconds) {
        flow.setTimeout(RemainingTime.of(commitTimeoutSeconds, flow.has(Field.TIMEOUT), flow.timeout(), ageSeconds));
        if (isOffloadedTcp(flow) && !flow.has(Field.PROTOCOL_STATE)) {
            flow.protocol().setState(TcpStates.ESTABLISHED);
            flow.mark(Field.PROTOCOL_STATE);
        }
        flow.setStatus((flow.status() & ~NEVER_WRITTEN) | Status.CONFIRMED);
        if (flow.original().protocol() == IpProtocol.TCP && flow.has(Field.PROTOCOL_STATE)) {
            setTcpFlags(flow);
        }
        if (IpProtocol.isIcmp(flow.original().protocol())) {
            // conntrackd sends port translation for ICMP that passed NAT; the value means nothing
            flow.forget(Field.SNAT_PORT);
            flow.forget(Field.DNAT_PORT);
        }
    }

    /** The kernel does not tell the state of what it handed to a flow table, which takes only what is established. */
    private static boolean isOffloadedTcp(Conntrack flow) {
        return flow.original().protocol() == IpProtocol.TCP && (flow.status() & Status.OFFLOAD) != 0;
    }

    @Override
    public boolean replaces(Conntrack flow) {
        return flow.has(Field.SNAT_ADDRESS) || flow.has(Field.DNAT_ADDRESS) || flow.has(Field.SNAT_PORT)
            || flow.has(Field.DNAT_PORT) || flow.has(Field.HELPER) || flow.master().isSet();
    }

    /** A flow is all or nothing. */
    @Override
    public boolean canReduce() {
        return false;
    }

    @Override
    public void reduce(Conntrack flow) {
        throw new UnsupportedOperationException("a flow is all or nothing");
    }

    private void setTcpFlags(Conntrack flow) {
        ProtocolInfo tcp = flow.protocol();
        boolean scaled = flow.has(Field.TCP_WINDOW_SCALE) && (tcp.windowScaleOriginal() | tcp.windowScaleReply()) != 0;
        int flags = (windowTracking ? 0 : BE_LIBERAL) | (scaled ? WINDOW_SCALE : 0);
        if (flags != 0) {
            tcp.setFlagsOriginal(flags, flags);
            tcp.setFlagsReply(flags, flags);
            flow.mark(Field.TCP_FLAGS);
        }
    }
}
