/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** Hashes the identity of an entry. */
@FunctionalInterface
interface EntryHasher {
    /** Equal keys give equal hashes. */
    int hash(EntryKey key);

    /** The hash to use: keyed at random, since peers and clients choose the entries. */
    static EntryHasher keyedAtRandom() {
        SipHash sip = SipHash.keyedAtRandom();
        return key -> (int) key.hash(sip);
    }
}
