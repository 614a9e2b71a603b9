/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.server.kernel.Flows;

class HeardFlowsTest {
    private final HeardFlows heard = new HeardFlows(1 << 13);

    @Test
    void shouldKnowWhatWasHeardOfAfterAMoment() {
        heard.listen();
        heard.hear(Flows.tcp(1));
        long between = heard.moment();
        heard.hear(Flows.tcp(2));

        assertThat(heard.since(Flows.tcp(1), between)).isFalse();
        assertThat(heard.since(Flows.tcp(2), between)).isTrue();
        assertThat(heard.since(Flows.tcp(3), between)).isFalse();
    }

    @Test
    void shouldCountTheLastTimeThatAFlowWasHeardOf() {
        heard.listen();
        heard.hear(Flows.tcp(1));
        long between = heard.moment();
        heard.hear(Flows.tcp(1));

        assertThat(heard.since(Flows.tcp(1), between)).isTrue();
    }

    @Test
    void shouldTellZonesApart() {
        heard.listen();
        long start = heard.moment();
        Conntrack zoned = Flows.tcp(1);
        zoned.setZone(7);
        heard.hear(zoned);

        assertThat(heard.since(zoned, start)).isTrue();
        assertThat(heard.since(Flows.tcp(1), start)).isFalse();
    }

    @Test
    void shouldRememberAsManyAsFitAndDoubtTheRest() {
        heard.listen();
        long start = heard.moment();
        for (int port = 1; port <= 4096; port++) {
            heard.hear(Flows.tcp(port));
        }
        assertThat(heard.since(Flows.tcp(1), start)).isTrue();
        assertThat(heard.since(Flows.tcp(5000), start)).isFalse();

        heard.hear(Flows.tcp(4097));
        assertThat(heard.since(Flows.tcp(5000), start)).as("what was forgotten may have been it").isTrue();
        long now = heard.moment();
        heard.hear(Flows.tcp(4098));
        assertThat(heard.since(Flows.tcp(4098), now)).isTrue();
        assertThat(heard.since(Flows.tcp(5000), now)).isFalse();
    }

    @Test
    void shouldForgetWhenTheLastListenerHasGone() {
        heard.listen();
        heard.listen();
        long start = heard.moment();
        heard.release();
        heard.hear(Flows.tcp(1));
        assertThat(heard.since(Flows.tcp(1), start)).isTrue();
        heard.release();

        heard.listen();
        assertThat(heard.since(Flows.tcp(1), heard.moment())).isFalse();
    }
}
