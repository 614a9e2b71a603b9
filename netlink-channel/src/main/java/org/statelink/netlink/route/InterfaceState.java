/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import java.util.Objects;

/**
 * A network interface as the kernel told of it last. Immutable.
 *
 * @param index number in the kernel, positive; one that is made anew under its old name has another
 * @param name as it is at present
 * @param status whether it carries packets
 */
public record InterfaceState(int index, String name, InterfaceStatus status) {
    /** Checks that nothing is missing. */
    public InterfaceState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
    }
}
