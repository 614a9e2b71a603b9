/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleOrdersTest {
    private final RoleOrders orders = new RoleOrders();
    private final List<String> done = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();

    @Test
    void shouldLetADemotionWaitForTheEndOfAPromotion() {
        orders.give(this::promote);
        orders.give(this::demote);
        orders.give(this::promote);
        assertThat(done).containsExactly("promotion begins");

        ends.removeFirst().run();

        assertThat(done).containsExactly("promotion begins", "demoted", "promotion begins");
    }

    @Test
    void shouldCarryOutAtOnceWhatNobodyIsBefore() {
        orders.give(this::demote);
        orders.give(this::demote);
        assertThat(done).containsExactly("demoted", "demoted");
    }

    private void promote(Runnable end) {
        done.add("promotion begins");
        ends.add(end);
    }

    private void demote(Runnable end) {
        done.add("demoted");
        end.run();
    }
}
