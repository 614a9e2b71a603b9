/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AckWindowTest {
    private final AckWindow window = new AckWindow(3);

    @Test
    void shouldBeDueWhenTheWindowIsUsedUp() {
        assertThat(window.receive(10)).isFalse();
        assertThat(window.receive(11)).isFalse();
        assertThat(window.receive(12)).isTrue();
        assertThat(window.from()).isEqualTo(10);

        window.acknowledged();

        assertThat(window.isOpen()).isFalse();
        assertThat(window.receive(13)).isFalse();
        assertThat(window.from()).isEqualTo(13);
    }

    @Test
    void shouldFollowAnotherLengthAtOnce() {
        window.receive(10);
        window.receive(11);

        window.resize(5);
        assertThat(window.receive(12)).isFalse();
        assertThat(window.receive(13)).isFalse();
        window.resize(1);

        assertThat(window.receive(14)).isTrue();
        assertThat(window.from()).isEqualTo(10);
        window.acknowledged();
        assertThat(window.receive(15)).isTrue();
    }

    @Test
    void shouldNotRefillAtTheAlarm() {
        window.receive(10);
        window.receive(11);

        window.acknowledgedByAlarm();

        assertThat(window.isOpen()).isFalse();
        assertThat(window.receive(12)).isTrue();
        assertThat(window.from()).isEqualTo(12);
    }

    @Test
    void shouldRestartWithOneMessageUsed() {
        window.receive(10);

        window.restart(20);

        assertThat(window.from()).isEqualTo(20);
        assertThat(window.receive(21)).isFalse();
        assertThat(window.receive(22)).isTrue();
    }

    @Test
    void shouldForgetWhatAPeerSaidBeforeItBeganAnew() {
        window.begin(5);
        assertThat(window.isOpen()).isFalse();
        window.receive(10);

        window.begin(7);
        assertThat(window.from()).isEqualTo(7);
        window.begin(12);

        assertThat(window.from()).isEqualTo(12);
    }
}
