/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.sync.session.Peer;

/** The peers' flows put into the kernel at once. */
public final class InjectedPeerFlows implements PeerFlows {
    private final KernelInjection injection;

    /** The way into the kernel. */
    public InjectedPeerFlows(KernelInjection injection) {
        this.injection = injection;
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow) {
        injection.add(type, flow);
    }

    @Override
    public void onExpectation(int type, Peer peer, Expectation expectation) {
        injection.add(type, expectation);
    }
}
