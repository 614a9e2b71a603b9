/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/** An attribute of a state message's body: what its number may carry. */
interface BodyAttribute {
    /** Bytes before the payload: length, which includes them, then number. */
    int HEADER_LENGTH = 4;

    /** Number on the wire. */
    int number();

    /** Bytes of the payload without padding; the most there may be where it {@linkplain #isVariable() varies}. */
    int payloadLength();

    /** Whether the payload may be shorter. */
    boolean isVariable();

    /** Whether a payload of so many bytes is sound. */
    default boolean accepts(int payload) {
        return isVariable() ? payload <= payloadLength() : payload == payloadLength();
    }

    /** Its bit in a set of attributes. */
    default long bit() {
        return 1L << number();
    }
}
