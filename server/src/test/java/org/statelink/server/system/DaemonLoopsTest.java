/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class DaemonLoopsTest {
    /** {@code nice conntrackd}, which conntrackd advises in place of its own setting. */
    @Test
    void shouldKeepTheNiceValueOfTheStart() throws Exception {
        FutureTask<DaemonLoops> started = new FutureTask<>(() -> {
            ThreadScheduling.setNice(5);
            return new DaemonLoops();
        });
        Thread.ofPlatform().start(started);
        try (DaemonLoops loops = started.get()) {
            loops.setNice(0);

            assertThat(loops.state().submit(ThreadScheduling::nice).get()).isEqualTo(5);
            assertThat(loops.control().submit(ThreadScheduling::nice).get()).isEqualTo(5);
        }
    }
}
