/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.time.Duration;

/**
 * The way of the shared addresses from one firewall to the other.
 *
 * @param fault why
 * @param struck when that was, in nanoseconds
 * @param tookOver when keepalived began to give them to the other one, in nanoseconds
 */
public record Switchover(Fault fault, long struck, long tookOver) {
    /** What keepalived alone takes. */
    public Duration detection() {
        return Duration.ofNanos(tookOver - struck);
    }
}
