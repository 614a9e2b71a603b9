/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

/** How a flow is written. Used on one thread, so it may keep what it reuses. */
interface FlowFormat {
    /** Appends a line without its line feed. All characters are of one byte. */
    void append(StringBuilder line, EndedFlow ended);
}
