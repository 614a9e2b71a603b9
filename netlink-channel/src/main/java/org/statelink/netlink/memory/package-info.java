/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A kernel in memory: a conntrack table that answers ctnetlink requests and sends events over in-memory channels, by
 * the rules of the real one. For tests, and to run daemons without privilege.
 */
package org.statelink.netlink.memory;
