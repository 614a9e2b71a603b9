/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;

class DaemonControlTest {
    private final List<String> done = new ArrayList<>();
    private final DaemonControl control = new DaemonControl((request, reply) -> done.add(request.name()),
        answer -> answer.accept("reloaded"), () -> done.add("stopped"));

    /** Or a client that asks next might still be served. */
    @Test
    void shouldHaveStoppedWhenItAnswersThatItShould() {
        control.handle(ControlRequest.KILL, new Reply());

        assertThat(done).containsExactly("stopped", "answered");
    }

    @Test
    void shouldAnswerAReloadWithWhatCameOfIt() {
        control.handle(ControlRequest.RELOAD, new Reply());

        assertThat(done).containsExactly("reloaded", "answered");
    }

    @Test
    void shouldLeaveTheRestToTheMode() {
        control.handle(ControlRequest.STATS, new Reply());

        assertThat(done).containsExactly("STATS");
    }

    private final class Reply implements ControlReply {
        @Override
        public void write(CharSequence text) {
            done.add(text.toString());
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void onWritable(Runnable next) {
            next.run();
        }

        @Override
        public void finish() {
            done.add("answered");
        }

        @Override
        public boolean isClosed() {
            return false;
        }
    }
}
