/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;

/** Takes flows that the kernel answers with, on the loop of the request socket. */
@FunctionalInterface
public interface FlowListener {
    /** One flow, with the kernel's reply tuple; reused, valid during the call. */
    void onFlow(Conntrack flow);
}
