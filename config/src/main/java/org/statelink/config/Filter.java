/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Objects;
import java.util.Optional;

/**
 * Which flows this node cares about. Each set that is present must let a flow pass; they are asked in the order of the
 * components.
 *
 * @param place     where events are filtered; what is dumped from the kernel is always filtered here. Default
 *                  {@link Place#USERSPACE}
 * @param protocols by layer-4 protocol; default absent: any
 * @param addresses by address; default absent: any
 * @param states    by TCP state; default absent: any
 */
public record Filter(
        Place place,
        Optional<ProtocolFilter> protocols,
        Optional<AddressFilter> addresses,
        Optional<StateFilter> states) {
    /** Lets everything pass. */
    public static final Filter NONE =
        new Filter(Place.USERSPACE, Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public Filter {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(protocols, "protocols");
        Objects.requireNonNull(addresses, "addresses");
        Objects.requireNonNull(states, "states");
    }

    /** Whether no set is present. */
    public boolean isEmpty() {
        return protocols.isEmpty() && addresses.isEmpty() && states.isEmpty();
    }

    /** Where events are filtered. */
    public enum Place {
        /** In the daemon. */
        USERSPACE,
        /** In the kernel, by a program on the event socket. */
        KERNELSPACE
    }

    /** What it means to be in a set. */
    public enum Action {
        /** Only what is in the set passes. */
        ACCEPT,
        /** Only what is not in the set passes. */
        IGNORE
    }
}
