/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.NatMapping;
import org.statelink.server.kernel.Flows;

class FlowFormatTest {
    private static final long START = 1_795_294_355_295_516_678L;
    private static final long STOP = 1_795_294_358_045_516_678L;

    private static EndedFlow ended() {
        Conntrack flow = Flows.tcpWithSnat(1024, 5000);
        NatMapping.toReply(flow);
        flow.forget(Field.TIMEOUT);
        flow.protocol().setState(7);
        flow.countersOriginal().set(6, 1320);
        flow.mark(Field.COUNTERS_ORIGINAL);
        flow.countersReply().set(4, 5216);
        flow.mark(Field.COUNTERS_REPLY);
        flow.setTimestampStart(START);
        flow.setTimestampStop(STOP);
        flow.setMark(7);
        flow.setZone(3);
        EndedFlow ended = new EndedFlow();
        ended.set(flow, EndReason.CLOSED, STOP / 1_000_000);
        return ended;
    }

    private static String format(FlowFormat format, EndedFlow ended) {
        StringBuilder line = new StringBuilder();
        format.append(line, ended);
        return line.toString();
    }

    @Test
    void shouldWriteTheLineOfConntrackd() {
        assertThat(format(new ClassicFormat(ZoneOffset.UTC), ended())).isEqualTo("Sat Nov 21 20:52:38 2026\t"
            + "tcp      6 TIME_WAIT src=198.51.100.34 dst=198.51.100.50 sport=1024 dport=80 packets=6 bytes=1320 "
            + "src=198.51.100.50 dst=198.51.100.52 sport=80 dport=5000 packets=4 bytes=5216 [ASSURED] mark=7 zone=3 "
            + "delta-time=3");
    }

    @Test
    void shouldWriteTheTimeAnewEverySecond() {
        ClassicFormat format = new ClassicFormat(ZoneOffset.UTC);
        EndedFlow flow = new EndedFlow();
        flow.set(Flows.tcp(1), EndReason.EXPIRED, 999);
        assertThat(format(format, flow)).startsWith("Thu Jan  1 00:00:00 1970\t");
        flow.set(Flows.tcp(1), EndReason.EXPIRED, 1000);
        assertThat(format(format, flow)).startsWith("Thu Jan  1 00:00:01 1970\t");
    }

    @Test
    void shouldWriteAllThatIsKnownAsJson() {
        assertThat(format(new JsonFormat(), ended())).isEqualTo(
            "{\"time\":\"2026-11-21T20:52:38.045Z\",\"reason\":\"closed\",\"protocol\":\"tcp\",\"protocol_number\":6,"
                + "\"state\":\"TIME_WAIT\",\"original\":{\"src\":\"198.51.100.34\",\"dst\":\"198.51.100.50\","
                + "\"sport\":1024,\"dport\":80,\"packets\":6,\"bytes\":1320},\"reply\":{\"src\":\"198.51.100.50\","
                + "\"dst\":\"198.51.100.52\",\"sport\":80,\"dport\":5000,\"packets\":4,\"bytes\":5216},"
                + "\"assured\":true,\"unreplied\":false,\"mark\":7,\"zone\":3,"
                + "\"snat\":{\"src\":\"198.51.100.52\",\"sport\":5000},"
                + "\"start\":\"2026-11-21T20:52:35.295516678Z\",\"stop\":\"2026-11-21T20:52:38.045516678Z\","
                + "\"duration_seconds\":2.75}");
    }

    @Test
    void shouldLeaveOutWhatTheKernelDoesNotTell() {
        EndedFlow flow = new EndedFlow();
        flow.set(Flows.tcp(1), EndReason.MISSING, 0);
        assertThat(format(new JsonFormat(), flow))
            .startsWith("{\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"missing\",\"protocol\":\"tcp\"")
            .doesNotContain("packets", "start", "duration", "snat", "reply\"", "mark");
    }

    @Test
    void shouldEscapeWhatIsNoAscii() {
        Conntrack flow = Flows.tcp(1);
        flow.setSecurityContext("caf\u00e9\u20ac\n\"");
        EndedFlow ended = new EndedFlow();
        ended.set(flow, EndReason.CLOSED, 0);
        assertThat(format(new JsonFormat(), ended)).contains("\"secctx\":\"caf\\u00e9\\u20ac\\n\\\"\"");
    }
}
