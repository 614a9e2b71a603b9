/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.security.SecureRandom;

/**
 * SipHash-1-3 over 64-bit words under a secret key: who does not know the key cannot choose flows that collide.
 * Holds the state of one computation; not thread safe. Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast
 * short-input PRF".
 */
final class SipHash {
    private final long key0;
    private final long key1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** With a key that nobody knows. */
    static SipHash keyedAtRandom() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /** Begins a computation. */
    void begin() {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
    }

    /** Takes a word. */
    void add(long word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }

    /**
     * Ends the computation.
     *
     * @param length of the whole input in bytes, of which up to seven remain
     * @param rest   those that remain, the first one lowest
     */
    long end(int length, long rest) {
        add((long) length << 56 | rest);
        v2 ^= 0xff;
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
