/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

/**
 * The log of flows at one moment.
 *
 * @param targets places that flows are logged to
 * @param waiting flows in the queue
 * @param dropped flows that found the queue full
 * @param written lines that are where they should be, of all places
 * @param lost lines that could not be written, of all places
 */
public record FlowLogFigures(int targets, int waiting, long dropped, long written, long lost) {
}
