/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Objects;

/**
 * A filter by address: it looks at a flow's original source and at the source of its reply.
 *
 * @param action   what membership means
 * @param networks the networks of both families, without repetition, in the order of the file
 */
public record AddressFilter(Filter.Action action, List<Network> networks) {
    /** Copies. */
    public AddressFilter {
        Objects.requireNonNull(action, "action");
        networks = List.copyOf(networks);
    }
}
