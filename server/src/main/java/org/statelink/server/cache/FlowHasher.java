/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** Hashes the identity of a flow. */
@FunctionalInterface
interface FlowHasher {
    /** Equal keys give equal hashes. */
    int hash(FlowKey key);

    /** The hash to use: keyed at random, since peers and clients choose the flows. */
    static FlowHasher keyedAtRandom() {
        SipHash sip = SipHash.keyedAtRandom();
        return key -> (int) key.hash(sip);
    }
}
