/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;

/**
 * What a store has to know of the kind of its entries: what tells them apart, how they are written, what their headers
 * hold. One per store, since it holds a key. On the state loop.
 */
abstract class EntryKind<E> {
    private final int firstType;
    private final BodyAttributes attributes;

    /** {@code firstType} is the message type of a new entry; those of an updated and a dead one follow. */
    EntryKind(int firstType, BodyAttributes attributes) {
        this.firstType = firstType;
        this.attributes = attributes;
    }

    /** Message type of a new entry; that of an update is the next, that of an end the one after. */
    final int firstType() {
        return firstType;
    }

    /** Walks the bodies. */
    final BodyAttributes attributes() {
        return attributes;
    }

    /** An entry to decode into. */
    abstract E newEntry();

    /** The identity of an entry; the same object with every call. */
    abstract EntryKey identify(E entry);

    /** Appends the canonical body with all there is to tell. */
    abstract void encode(E entry, ByteBuf out);

    /** Decodes a canonical body. */
    abstract void decode(ByteBuf body, E into);

    /** Lays what the one knows over what the other knew. */
    abstract void merge(E into, E from);

    /** Whether the entry tells what its body always has, even if it is not known. */
    abstract boolean tellsDefaults(E entry);

    /** Writes to the header what the body does not tell. */
    abstract void describe(EntryHeaders headers, int ref, E entry);

    /** Makes of a decoded entry that has a master of the same kind one with the identity of that. */
    void toMaster(E entry) {
        throw new UnsupportedOperationException("has no master of its kind");
    }

    /** Adds to a decoded entry what its header knows. */
    abstract void restore(E into, int kernelId, int zone);
}
