/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;

class ExternalCommitTest {
    private final EventLoop state = new DefaultEventLoop();
    private final EventLoop kernelLoop = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private ExternalCache external;
    private ExternalCommit commit;

    @BeforeEach
    void open() throws Exception {
        external = state.submit(() -> new ExternalCache(100_000)).get();
        ConntrackClient client = ConntrackClient.open(kernel, kernelLoop).get();
        PageCommitter committer = new PageCommitter(client, new CommitPreparation(0, false));
        commit = new ExternalCommit(external, committer, OwnWrites.NOT_NOTED, state, kernelLoop,
            new Uptime(Ticker.systemTicker()));
    }

    @AfterEach
    void close() throws Exception {
        state.submit(external::close).get();
        state.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        kernelLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }

    @Test
    void shouldCreateWhatTheKernelDoesNotHave() throws Exception {
        for (int port = 1; port <= 5_000; port++) {
            tell(Flows.tcp(port));
        }

        commit();

        assertThat(kernel.size()).isEqualTo(5_000);
        assertThat(flow(77).protocol().state()).isEqualTo(3);
        assertThat(flow(77).status() & Status.ASSURED).isNotZero();
    }

    @Test
    void shouldUpdateWhatExists() throws Exception {
        tell(Flows.tcp(1));
        commit();
        Conntrack closing = Flows.tcp(1);
        closing.protocol().setState(4);
        closing.setMark(9);
        tell(closing);

        commit();

        assertThat(kernel.size()).isEqualTo(1);
        assertThat(flow(1).protocol().state()).isEqualTo(4);
        assertThat(flow(1).mark()).isEqualTo(9);
    }

    @Test
    void shouldReplaceWhatExistsWithAnotherTranslation() throws Exception {
        tell(Flows.tcpWithSnat(1, 41_001));
        commit();
        tell(Flows.tcpWithSnat(1, 41_002));

        commit();

        assertThat(flow(1).reply().destinationPort()).isEqualTo(41_002);
    }

    @Test
    void shouldCommitMastersBeforeWhatBelongsToThem() throws Exception {
        tell(Flows.related(2, 1));
        tell(Flows.tcp(1));

        commit();

        assertThat(kernel.size()).isEqualTo(2);
        assertThat(flow(2).master().sourcePort()).isEqualTo(1);
    }

    @Test
    void shouldCommitWhatFitsAndTheRestLater() throws Exception {
        for (int port = 1; port <= 1_000; port++) {
            tell(Flows.tcp(port));
        }
        kernel.setLimit(300);
        commit();
        assertThat(kernel.size()).isEqualTo(300);

        kernel.setLimit(10_000);
        commit();
        assertThat(kernel.size()).isEqualTo(1_000);
    }

    private void tell(Conntrack flow) throws Exception {
        state.submit(() -> external.apply(MessageType.CT_NEW, 0, flow, 0)).get();
    }

    private void commit() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        state.execute(() -> commit.start(report -> done.complete(null)));
        done.get(20, TimeUnit.SECONDS);
    }

    private Conntrack flow(int sourcePort) {
        Map<Integer, Conntrack> byPort = kernel.flows().stream()
            .collect(Collectors.toMap(flow -> flow.original().sourcePort(), Function.identity()));
        return byPort.get(sourcePort);
    }
}
