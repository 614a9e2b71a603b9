/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.MemorySegment;

/** What makes an entry the one it is. Reused; not thread safe. */
interface EntryKey {
    /** Hash of the identity; equal identities have equal ones, two different ones hardly ever. */
    long hash(SipHash sip);

    /** Writes what the header keeps of the identity. */
    void writeTo(EntryHeaders headers, int ref);

    /** Whether the header is one of an entry with this identity, as far as headers tell. */
    boolean matchesHeader(EntryHeaders headers, int ref);

    /** Whether a stored body of {@code length} bytes, whose header matches, has this identity. */
    boolean matchesBody(MemorySegment memory, long body, int length);
}
