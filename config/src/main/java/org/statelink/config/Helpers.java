/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;

/**
 * The user-space connection-tracking helpers.
 *
 * @param setup   whether the daemon registers the helpers in the kernel by itself; default off
 * @param helpers the helpers in the order of the file; default none
 */
public record Helpers(boolean setup, List<HelperConfig> helpers) {
    /** No helper. */
    public static final Helpers NONE = new Helpers(false, List.of());

    /** Copies. */
    public Helpers {
        helpers = List.copyOf(helpers);
    }

    /** Whether there is no helper. */
    public boolean isEmpty() {
        return helpers.isEmpty();
    }
}
