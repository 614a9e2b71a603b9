/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Expectation;

/** Takes expectations that the kernel answers with, on the loop of the request socket. */
@FunctionalInterface
public interface ExpectationListener {
    /** One expectation; reused, valid during the call. */
    void onExpectation(Expectation expectation);
}
