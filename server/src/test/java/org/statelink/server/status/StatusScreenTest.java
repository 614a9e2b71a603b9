/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusScreenTest {
    @Test
    void shouldFitOnOneScreen() {
        String screen = StatusScreen.of(new StatusSample().build());
        assertThat(screen).isEqualTo("""
            health   ok
            role     primary for 00:01:01 (promote)
            mode     FTFW, up for 1 d 02:03:00
            peer     10.0.0.2: heard 300 ms ago, 3 messages to acknowledge, 2 missed in 1 gaps
            link     spa0 (multicast): RUNNING, in use, sent 7 packets (0.0 MB), received 2 packets (0.0 MB), 0 errors
            link     spa1 (multicast): RUNNING, backup, sent 0 packets (0.0 MB), received 0 packets (0.0 MB), 0 errors
            flows    own 5, of the peers 0, in the kernel 12 of 4096
            queue    txqueue: 0, full 0 times
            events   7 received, 2 filtered out, 0 overruns, 0 resyncs
            latency  at most 300 us in the last minute
            commit   the last one put 400 flows into the kernel in 1 ms, 3 were refused
            """);
    }

    @Test
    void shouldBeginWithWhatIsWrong() {
        assertThat(StatusScreen.of(new StatusSample().peers().losses(3, 0).build())).startsWith("""
            health   failed
                     up to 3 states of the peers are missing here; conntrackd -n asks for them
                     no peer has been heard since the start
            role     primary""").contains("\npeer     none was heard\n");
    }
}
