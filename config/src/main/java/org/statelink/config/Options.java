/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;

/**
 * What is replicated beside the flows themselves.
 *
 * @param tcpWindowTracking  whether TCP windows travel too, so that the kernel may go on checking them; default off
 * @param expectationSync    whether expectations travel too; default off
 * @param expectationHelpers only expectations of these helpers, at most 16 characters of each name are kept, compared
 *                           without regard to case; default empty: of all helpers
 */
public record Options(boolean tcpWindowTracking, boolean expectationSync, List<String> expectationHelpers) {
    /** Everything off. */
    public static final Options DEFAULT = new Options(false, false, List.of());

    /** Copies. */
    public Options {
        expectationHelpers = List.copyOf(expectationHelpers);
    }
}
