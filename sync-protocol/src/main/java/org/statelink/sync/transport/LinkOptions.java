/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

/** What the configuration says about one dedicated link; each transport has a record of its own. */
public interface LinkOptions {
    /** Name of the network interface. */
    String interfaceName();

    /** Whether this link is the output link at the start. */
    boolean preferred();

    /** The transport as conntrackd calls it in its statistics: {@code UDP}, {@code multicast}, {@code TCP}. */
    default String transport() {
        return "link";
    }

    /** Whether the transport carries a stream, in which messages are found by their lengths alone. */
    default boolean isStream() {
        return false;
    }
}
