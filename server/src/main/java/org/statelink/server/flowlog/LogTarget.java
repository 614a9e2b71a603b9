/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

/** One place that flows are logged to, and how. On the thread of the log. */
final class LogTarget {
    private final FlowFormat format;
    private final LineSink sink;
    private final StringBuilder line = new StringBuilder(512);

    LogTarget(FlowFormat format, LineSink sink) {
        this.format = format;
        this.sink = sink;
    }

    void add(EndedFlow flow) {
        line.setLength(0);
        format.append(line, flow);
        sink.add(line, flow.endedMillis());
    }

    LineSink sink() {
        return sink;
    }
}
