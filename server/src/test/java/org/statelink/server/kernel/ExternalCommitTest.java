/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;

class ExternalCommitTest {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalCommitTest.class);
    private final EventLoop state = new DefaultEventLoop();
    private final EventLoop kernelLoop = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private ExternalCaches external;
    private ExternalCommit<Conntrack> commit;
    private ExternalCommit<Expectation> expectationCommit;

    @BeforeEach
    void open() throws Exception {
        external = state.submit(() -> new ExternalCaches(100_000)).get();
        ConntrackClient client = ConntrackClient.open(kernel, kernelLoop).get();
        ConntrackClient expectationClient = ConntrackClient.open(kernel, kernelLoop).get();
        Uptime uptime = new Uptime(Ticker.systemTicker());
        commit = ExternalCommit.ofFlows(external,
            new PageCommitter<>(client, new CommitPreparation(0, false), new Conntrack()), OwnWrites.NOT_NOTED, state,
            uptime, LOG);
        expectationCommit = ExternalCommit.ofExpectations(external,
            new PageCommitter<>(expectationClient, new ExpectationPreparation(0), new Expectation()), state,
            uptime, LOG);
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

    @Test
    void shouldCommitExpectationsWithAllThatWasTold() throws Exception {
        kernel.setHelpers(Set.of("ftp", "sip"));
        tell(Expectations.master(1, "ftp"));
        Conntrack sip = Expectations.master(2, "sip");
        tell(sip);
        tell(Expectations.translated(Expectations.of(1, 20008)));
        for (int policyClass = 0; policyClass < 3; policyClass++) {
            Expectation expectation = Expectations.of(sip, 7000 + policyClass);
            expectation.setPolicyClass(policyClass);
            tell(expectation);
        }
        commit();

        commitExpectations();

        assertThat(kernel.expectations()).hasSize(4);
        assertThat(kernel.expectations().getFirst().function()).hasToString("nat-follow-master");
        assertThat(kernel.expectations().getFirst().nat().sourcePort()).isEqualTo(20008);
        commitExpectations();
        assertThat(kernel.expectations()).as("replaced").hasSize(4);
    }

    @Test
    void shouldCommitWithoutWhatTheKernelDoesNotUnderstand() throws Exception {
        tell(Expectations.master(1, "ftp"));
        Expectation expectation = Expectations.translated(Expectations.of(1, 20008));
        expectation.function().set("of another kernel");
        tell(expectation);
        commit();

        commitExpectations();

        assertThat(kernel.expectations()).singleElement()
            .satisfies(known -> assertThat(known.has(ExpectationField.FUNCTION)).isFalse());
    }

    @Test
    void shouldGoOnWhereTheMasterIsNotThere() throws Exception {
        tell(Expectations.master(2, "ftp"));
        tell(Expectations.of(1, 20008));
        tell(Expectations.of(2, 20008));
        commit();

        commitExpectations();

        assertThat(kernel.expectations()).singleElement()
            .satisfies(known -> assertThat(known.master().sourcePort()).isEqualTo(2));
    }

    private void tell(Expectation expectation) throws Exception {
        state.submit(() -> external.expectations().apply(MessageType.EXP_NEW, 0, expectation, 0)).get();
    }

    private void commitExpectations() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        state.execute(() -> expectationCommit.start(() -> done.complete(null)));
        done.get(20, TimeUnit.SECONDS);
    }

    private void tell(Conntrack flow) throws Exception {
        state.submit(() -> external.flows().apply(MessageType.CT_NEW, 0, flow, 0)).get();
    }

    private void commit() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        state.execute(() -> commit.start(() -> done.complete(null)));
        done.get(20, TimeUnit.SECONDS);
    }

    private Conntrack flow(int sourcePort) {
        Map<Integer, Conntrack> byPort = kernel.flows().stream()
            .collect(Collectors.toMap(flow -> flow.original().sourcePort(), Function.identity()));
        return byPort.get(sourcePort);
    }
}
