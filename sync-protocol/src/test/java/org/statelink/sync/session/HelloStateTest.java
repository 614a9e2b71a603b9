/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.MessageFlags;

final class HelloStateTest {
    private final HelloState hello = new HelloState();

    @Test
    void shouldSayHelloUntilAnswered() {
        assertThat(hello.nextFlags()).isEqualTo(MessageFlags.HELLO);
        assertThat(hello.nextFlags()).isEqualTo(MessageFlags.HELLO);
        hello.answered();
        assertThat(hello.nextFlags()).isZero();
        assertThat(hello.phase()).isEqualTo(HelloState.Phase.DONE);
    }

    @Test
    void shouldIgnoreAnAnswerBeforeItSaidAnything() {
        hello.answered();

        assertThat(hello.nextFlags()).isEqualTo(MessageFlags.HELLO);
    }

    @Test
    void shouldGreetBackOnce() {
        hello.greeted();
        hello.greeted();

        assertThat(hello.nextFlags()).isEqualTo(MessageFlags.HELLO_MASK);
        assertThat(hello.nextFlags()).isEqualTo(MessageFlags.HELLO);
        hello.answered();
        hello.greeted();
        assertThat(hello.nextFlags()).isEqualTo(MessageFlags.HELLO_BACK);
    }
}
