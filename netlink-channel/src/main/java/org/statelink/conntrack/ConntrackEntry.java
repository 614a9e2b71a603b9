/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** What connection tracking keeps: a flow, or the expectation of one. */
public sealed interface ConntrackEntry permits Conntrack, Expectation {
    /** Layer-3 family: {@link Tuple#IPV4}, {@link Tuple#IPV6} or {@link Tuple#UNSPECIFIED}. */
    int family();

    /** Whether it has what it cannot be without: the addresses that tell it apart. */
    boolean isSet();
}
