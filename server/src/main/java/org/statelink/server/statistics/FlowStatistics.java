/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import java.util.List;
import org.statelink.server.flowlog.FlowLogFigures;

/**
 * The statistics of ended flows at one moment. Any thread.
 *
 * @param totals by protocol and state, those that are not zero
 * @param windowSeconds over which the talkers were found
 * @param talkersByBytes the first of them, heaviest first
 * @param talkersByFlows the first of them, heaviest first
 * @param log the log of flows
 */
public record FlowStatistics(List<Total> totals, int windowSeconds, List<Talker> talkersByBytes,
                             List<Talker> talkersByFlows, FlowLogFigures log) {
}
