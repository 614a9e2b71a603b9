/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.RuntimeFigures;
import org.statelink.server.status.DaemonStatus.Traffic;
import org.statelink.server.statistics.FlowStatistics;

/**
 * What a daemon that collects statistics can say of itself at one moment.
 *
 * @param cache the flows that are there
 * @param traffic what flows that ended have carried
 * @param runtime what every daemon can say of itself
 * @param flows the statistics of flows that ended
 */
public record CollectorStatus(CacheFigures cache, Traffic traffic, RuntimeFigures runtime, FlowStatistics flows) {
}
