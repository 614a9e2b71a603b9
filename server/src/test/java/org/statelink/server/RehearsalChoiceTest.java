/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.statelink.server.system.StartException;

class RehearsalChoiceTest {
    @Test
    void shouldFollowTheChoice() throws Exception {
        assertThat(RehearsalChoice.isWanted("on")).isTrue();
        assertThat(RehearsalChoice.isWanted("off")).isFalse();
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatThrownBy(() -> RehearsalChoice.isWanted("no")).isInstanceOf(StartException.class)
            .hasMessage("STATELINK_REHEARSAL is `no'; only `on' and `off' have a meaning");
    }
}
