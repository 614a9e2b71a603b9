/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import org.statelink.control.ControlService;
import org.statelink.server.metrics.Exporter;

/**
 * What a working mode says of itself.
 *
 * @param control answers the control socket, except for what concerns the daemon as a whole
 * @param exporter tells metrics and health
 */
record Answers(ControlService control, Exporter exporter) {
}
