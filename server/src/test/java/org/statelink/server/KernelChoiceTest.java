/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.system.StartException;

class KernelChoiceTest {
    @Test
    void shouldTrackSoManyFlowsInMemory() throws Exception {
        assertThat(((KernelDouble) KernelChoice.of("memory:3000")).size()).isEqualTo(3000);
        assertThat(((KernelDouble) KernelChoice.of("memory")).size()).isZero();
    }

    @Test
    void shouldTakeTheRealKernelUnlessTold() throws Exception {
        assertThat(KernelChoice.of("")).isNotInstanceOf(KernelDouble.class);
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatThrownBy(() -> KernelChoice.of("memry")).isInstanceOf(StartException.class)
            .hasMessage("STATELINK_KERNEL is `memry'; only `memory' and `memory:N' have a meaning");
    }
}
