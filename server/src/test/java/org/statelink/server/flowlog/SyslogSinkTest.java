/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.SyslogFacility;
import org.statelink.server.kernel.Flows;
import org.statelink.server.log.Syslog;
import org.statelink.server.system.DatagramReceiver;

@Timeout(60)
class SyslogSinkTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheEntryAsConntrackdDoesAndCountWhatNobodyTakes() throws Exception {
        String socket = folder.resolve("log").toString();
        SyslogSink sink = new SyslogSink(Syslog.open(socket, SyslogFacility.LOCAL3.number()));
        LogTarget target = new LogTarget(new EntryOnly(), sink);
        EndedFlow flow = new EndedFlow();
        flow.set(Flows.tcp(7), EndReason.CLOSED, System.currentTimeMillis());
        try (DatagramReceiver daemon = DatagramReceiver.at(socket)) {
            target.add(flow);
            assertThat(daemon.next()).startsWith("<158>")
                .endsWith("conntrack-tools[" + ProcessHandle.current().pid() + "]: tcp      6 300 ESTABLISHED "
                    + "src=198.51.100.34 dst=198.51.100.50 sport=7 dport=80 [ASSURED]");
        }
        target.add(flow);
        sink.close(0);

        assertThat(sink.count().written()).isEqualTo(1);
        assertThat(sink.count().lost()).isEqualTo(1);
    }
}
