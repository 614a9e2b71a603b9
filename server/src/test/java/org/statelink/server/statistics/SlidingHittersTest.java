/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingHittersTest {
    private static final long WINDOW = 600;
    private final SlidingHitters hitters = new SlidingHitters(WINDOW, 1, 0);

    @Test
    void shouldAddUpWhatTheWindowSpans() {
        hitters.add(0, 1, 10, 0);
        hitters.add(0, 1, 10, 150);
        hitters.add(0, 2, 15, 250);
        assertThat(hitters.heaviest(10, 250)).containsExactly(new Talker(0, 1, 20, 0), new Talker(0, 2, 15, 0));
        assertThat(hitters.heaviest(1, 250)).containsExactly(new Talker(0, 1, 20, 0));
    }

    @Test
    void shouldForgetWhatIsOlderThanTheWindow() {
        hitters.add(0, 1, 10, 0);
        hitters.add(0, 2, 5, 150);
        assertThat(hitters.heaviest(10, 599)).hasSize(2);
        assertThat(hitters.heaviest(10, 600)).containsExactly(new Talker(0, 2, 5, 0));
        assertThat(hitters.heaviest(10, 700)).isEmpty();
    }

    @Test
    void shouldForgetEverythingAfterALongPause() {
        hitters.add(0, 1, 10, 0);
        hitters.add(0, 2, 10, 1_000_000_000L);
        assertThat(hitters.heaviest(10, 1_000_000_000L)).containsExactly(new Talker(0, 2, 10, 0));
        assertThat(hitters.heaviest(10, 1_000_000_000L + WINDOW)).isEmpty();
    }

    @Test
    void shouldShowAddressesOfBothFamilies() {
        assertThat(new Talker(0, 0xffff_c633_6422L, 1, 0).address()).isEqualTo("198.51.100.34");
        assertThat(new Talker(0x2001_0db8_0000_0000L, 1, 1, 0).address()).isEqualTo("2001:db8::1");
    }
}
