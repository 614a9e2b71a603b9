/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.server.kernel.Expectations;
import org.statelink.sync.protocol.MessageType;

class ExpectationCachesTest {
    private final InternalExpectations internal = new InternalExpectations(100, true);
    private final ExternalExpectations external = new ExternalExpectations(100);
    private final List<Integer> sent = new ArrayList<>();

    @AfterEach
    void close() {
        internal.close();
        external.close();
    }

    private void recordWhatIsSent() {
        internal.setSession(new CacheSession() {
            @Override
            public void send(int ref) {
                sent.add(internal.type(ref));
                internal.setQueue(ref, InternalExpectations.QUEUE_TRANSMIT, 0);
            }

            @Override
            public void forget(int ref) {
                internal.setQueue(ref, InternalExpectations.QUEUE_NONE, 0);
            }
        });
    }

    @Test
    void shouldTellOfAnExpectationWithItsOwnTypes() {
        recordWhatIsSent();
        Expectation expectation = Expectations.of(1, 20008);
        internal.onNew(expectation, true, 1);
        internal.onUpdate(expectation, true, 2);
        assertThat(internal.onDestroy(expectation, true)).isTrue();
        assertThat(sent).containsExactly(MessageType.EXP_NEW, MessageType.EXP_UPDATE, MessageType.EXP_DELETE);
        assertThat(internal.counters().get(CacheCounter.ACTIVE)).isZero();
        assertThat(internal.counters().get(CacheCounter.OBJECTS)).as("dead until told").isOne();
    }

    @Test
    void shouldTellExpectationsApart() {
        assertApart(other -> other.master().setPorts(2, 80));
        assertApart(other -> other.expected().setPorts(0, 20009));
        assertApart(other -> other.expected().setIpv4Source(7));
        assertApart(other -> other.mask().setPorts(0xffff, 0xffff));
        assertApart(other -> other.setZone(5));
        assertApart(other -> other.setFlags(Expectation.PERMANENT));
        assertApart(other -> other.setPolicyClass(1));
        assertApart(other -> other.helper().set("sip"));
        assertApart(other -> other.nat().setPorts(1, 0));
        assertApart(other -> other.setNatDirection(0));
        assertApart(other -> other.function().set("sip"));
    }

    private void assertApart(Consumer<Expectation> change) {
        Expectation one = Expectations.translated(Expectations.of(1, 20008));
        Expectation other = new Expectation();
        other.set(one);
        change.accept(other);
        internal.onNew(one, false, 1);
        assertThat(internal.find(one)).isNotZero();
        assertThat(internal.find(other)).isZero();
        internal.onDestroy(one, false);
    }

    /** What only one side tells does not count, nor does the timeout. */
    @Test
    void shouldFindAnExpectationOfWhichLessIsTold() {
        Expectation one = Expectations.translated(Expectations.of(1, 20008));
        Expectation less = Expectations.of(1, 20008);
        less.forget(ExpectationField.CLASS);
        less.forget(ExpectationField.HELPER);
        less.setTimeout(7);
        external.apply(MessageType.EXP_NEW, 0, one, 1);
        assertThat(external.contains(less)).isTrue();
        external.apply(MessageType.EXP_DELETE, 0, less, 1);
        assertThat(external.contains(one)).isFalse();
        external.apply(MessageType.EXP_NEW, 0, less, 1);
        assertThat(external.contains(one)).isTrue();
    }

    @Test
    void shouldKeepWhatAnUpdateDoesNotTell() {
        Expectation one = Expectations.translated(Expectations.of(1, 20008));
        one.setZone(5);
        one.setId(77);
        int ref = internal.onNew(one, false, 1);
        Expectation less = Expectations.of(1, 20008);
        less.setZone(5);
        less.setTimeout(7);
        assertThat(internal.onUpdate(less, false, 2)).isEqualTo(ref);
        Expectation known = new Expectation();
        internal.decode(ref, known);
        assertThat(known.timeout()).isEqualTo(7);
        assertThat(known.function()).hasToString("nat-follow-master");
        assertThat(known.nat()).isEqualTo(one.nat());
        assertThat(known.zone()).isEqualTo(5);
        assertThat(known.id()).isEqualTo(77);
    }

    @Test
    void shouldIgnoreMessagesOfFlows() {
        external.apply(MessageType.CT_NEW, 0, Expectations.of(1, 20008), 1);
        assertThat(external.counters().get(CacheCounter.CREATED)).isZero();
    }

    @Test
    void shouldFindWhatNothingWasHeardOf() {
        internal.onNew(Expectations.of(1, 20008), false, 1);
        internal.onNew(Expectations.of(2, 20008), false, 1);
        internal.beginResync();
        internal.onRepair(Expectations.of(2, 20008), 2);
        ExpectationPage page = new ExpectationPage();
        assertThat(internal.page(new EntryCursor(), EntrySelection.UNSEEN, page)).isFalse();
        assertThat(page.size()).isOne();
        Expectation unseen = new Expectation();
        assertThat(page.next(unseen)).isTrue();
        assertThat(unseen.master().sourcePort()).isOne();
        assertThat(internal.onMissing(unseen, false)).isTrue();
        assertThat(internal.find(unseen)).isZero();
    }

    @Test
    void shouldKnowMastersThatLive() {
        try (InternalCaches caches = new InternalCaches(100, true, true)) {
            Expectation expectation = Expectations.of(1, 20008);
            assertThat(caches.knowsMaster(expectation)).isFalse();
            caches.flows().onNew(Expectations.master(1, "ftp"), false, 1);
            assertThat(caches.knowsMaster(expectation)).isTrue();
            expectation.setZone(5);
            assertThat(caches.knowsMaster(expectation)).isFalse();
        }
    }
}
