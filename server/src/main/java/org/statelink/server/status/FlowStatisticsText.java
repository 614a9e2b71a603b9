/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.util.List;
import org.statelink.server.flowlog.FlowLogFigures;
import org.statelink.server.statistics.FlowStatistics;
import org.statelink.server.statistics.Talker;
import org.statelink.server.statistics.Total;

/** Formats {@link FlowStatistics} as tables to be read: {@code -s flows}. Every block ends with an empty line. */
public final class FlowStatisticsText {
    private static final int NAME = 10;
    private static final int STATE = 14;
    private static final int ADDRESS = 40;
    private static final int NUMBER = 20;

    private final StringBuilder out = new StringBuilder();

    private FlowStatisticsText() {
    }

    /** Several lines, each with a line feed. */
    public static String of(FlowStatistics statistics) {
        FlowStatisticsText text = new FlowStatisticsText();
        text.totals(statistics.totals());
        text.talkers("bytes", statistics.windowSeconds(), statistics.talkersByBytes());
        text.talkers("flows", statistics.windowSeconds(), statistics.talkersByFlows());
        text.log(statistics.log());
        return text.out.toString();
    }

    private void totals(List<Total> totals) {
        out.append("flows ended:\n");
        left("protocol", NAME).left("state", STATE).right("flows").right("packets").right("bytes").end();
        for (Total total : totals) {
            left(total.protocolName(), NAME);
            left(total.state() == Total.NO_STATE ? "-" : total.stateName(), STATE);
            right(total.flows()).right(total.packets()).right(total.bytes()).end();
        }
        end();
    }

    private void talkers(String unit, int windowSeconds, List<Talker> talkers) {
        out.append("top talkers by ").append(unit).append(", last ").append(windowSeconds).append(" s:\n");
        left("source", ADDRESS).right(unit).right("error at most").end();
        for (Talker talker : talkers) {
            left(talker.address(), ADDRESS).right(talker.weight()).right(talker.error()).end();
        }
        end();
    }

    private void log(FlowLogFigures log) {
        out.append("flow log:\n");
        left("targets", NAME).right(log.targets()).end();
        left("written", NAME).right(log.written()).end();
        left("waiting", NAME).right(log.waiting()).end();
        left("dropped", NAME).right(log.dropped()).end();
        left("lost", NAME).right(log.lost()).end();
        end();
    }

    private FlowStatisticsText left(String text, int width) {
        out.append(text).repeat(" ", Math.max(1, width - text.length()));
        return this;
    }

    private FlowStatisticsText right(long number) {
        return right(Long.toUnsignedString(number));
    }

    private FlowStatisticsText right(String text) {
        out.repeat(" ", Math.max(1, NUMBER - text.length())).append(text);
        return this;
    }

    private void end() {
        out.append('\n');
    }
}
