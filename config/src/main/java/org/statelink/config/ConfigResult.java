/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Set;

/**
 * What came of reading a configuration that can be used.
 *
 * @param config        the configuration
 * @param warnings      in the order of the file; what conntrackd has a text for, in its text
 * @param startWarnings what is to be said when a daemon starts with it, and not when a client merely reads it
 * @param deviations    in which points conntrackd itself would not have read it so; not set for HOCON
 */
public record ConfigResult(
        DaemonConfig config, List<Diagnostic> warnings, List<Diagnostic> startWarnings, Set<Deviation> deviations) {
    /** Copies. */
    public ConfigResult {
        warnings = List.copyOf(warnings);
        startWarnings = List.copyOf(startWarnings);
        deviations = Set.copyOf(deviations);
    }
}
