/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

/**
 * What a change of the filter did.
 *
 * @param removed flows that left the internal cache
 * @param added flows that came into it
 */
public record FilterOutcome(int removed, int added) {
}
