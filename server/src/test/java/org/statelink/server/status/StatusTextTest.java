/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.statelink.server.status.DaemonStatus.BypassFigures;
import org.statelink.server.kernel.InjectCounters;

/** The expected texts were read off conntrackd 1.4.7. */
class StatusTextTest {
    private final DaemonStatus status = status(Optional.empty(), Optional.empty());

    private static DaemonStatus status(Optional<BypassFigures> bypass, Optional<InjectCounters.Snapshot> injection) {
        return new StatusSample().caches(bypass, injection).build();
    }

    @Test
    void shouldWriteGeneralStatistics() {
        assertThat(new StatusText().general(status)).hasToString("""
            cache internal:
            current active connections:\t           5
            connections created:\t\t           7\tfailed:\t           0
            connections updated:\t\t           2\tfailed:\t           0
            connections destroyed:\t\t           1\tfailed:\t           0

            cache external:
            current active connections:\t           0
            connections created:\t\t           0\tfailed:\t           0
            connections updated:\t\t           0\tfailed:\t           0
            connections destroyed:\t\t           0\tfailed:\t           0

            traffic processed:
                              84 Bytes                         1 Pckts

            multicast traffic (active device=spa0):
                             500 Bytes sent                   32 Bytes recv
                               7 Pckts sent                    2 Pckts recv
                               0 Error send                    0 Error recv

            message tracking:
                               3 Malformed msgs                    5 Lost msgs

            """);
    }

    @Test
    void shouldWriteWhatTakesThePlaceOfTheCaches() {
        DaemonStatus cacheless = status(Optional.of(new BypassFigures(1, 0, 12)),
            Optional.of(new InjectCounters.Snapshot(1, 2, 3, 4, 5, 6)));
        String blocks = """
            internal bypass:
            connections new:\t\t           1
            connections updated:\t\t           0
            connections destroyed:\t\t          12

            external inject:
            connections created:\t\t           1\tfailed:\t           2
            connections updated:\t\t           3\tfailed:\t           4
            connections destroyed:\t\t           5\tfailed:\t           6

            """;

        assertThat(new StatusText().general(cacheless).toString()).startsWith(blocks + "traffic processed:\n");
        assertThat(new StatusText().caches(cacheless)).hasToString(blocks);
    }

    @Test
    void shouldWriteLinks() {
        assertThat(new StatusText().links(status).toString())
            .startsWith("multicast traffic device=spa0 status=RUNNING role=ACTIVE:\n                 500 Bytes sent ")
            .contains("multicast traffic device=spa1 status=RUNNING role=BACKUP:\n");
    }

    @Test
    void shouldWriteRuntime() {
        assertThat(new StatusText().runtime(status.runtime()).toString())
            .startsWith("daemon uptime: 1 day 2 h 3 min\n\nnetlink stats:\n"
                + "\tevents received:\t                   7\n\tevents filtered:\t                   2\n")
            .contains("\tcurrent buffer size (in bytes):\t     2097152\n\nruntime stats:\n")
            .endsWith("\tlocal unknown request:\t\t           0\n\n");
    }

    @Test
    void shouldWriteCaches() {
        assertThat(new StatusText().caches(status).toString())
            .startsWith("cache:internal\tactive objects:\t\t           6\n"
                + "\tactive/total entries:\t\t           5/           6\n"
                + "\tcreation OK/failed:\t\t           7/           0\n"
                + "\t\tno memory available:\t           0\n");
    }

    @Test
    void shouldWriteQueues() {
        assertThat(new StatusText().queues(status)).hasToString("allocated queue nodes:\t\t           1\n\n"
            + "queue txqueue:\ncurrent elements:\t\t           0\nmaximum elements:\t\t  2147483647\n"
            + "not enough space errors:\t           0\n\n");
    }

    @Test
    void shouldWriteNetwork() {
        assertThat(new StatusText().network(status).toString())
            .startsWith("network statistics:\n\trecv:\n\t\tMalformed messages:\t                   3\n")
            .contains("\t\tPackets lost:\t\t                   5\n\t\tPackets before:\t\t                   4\n\n"
                + "multicast traffic (active device=spa0):\n");
    }
}
