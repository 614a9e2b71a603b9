/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The daemon as a collector of statistics: the kernel's flows in a cache, totals and top talkers of those that ended,
 * and the log of them. Source: docs of conntrackd's modes, section 14.
 */
package org.statelink.server.statistics;
