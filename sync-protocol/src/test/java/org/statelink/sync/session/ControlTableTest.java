/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ControlTableTest {
    private final ControlTable table = new ControlTable();

    @Test
    void shouldKeepWhatAMessageSays() {
        int first = table.add(8, 1, 2);
        int second = table.add(4, 3, 4);
        table.setFlags(second, 0x24);

        assertThat(ControlTable.isControl(first)).isTrue();
        assertThat(first).isNotEqualTo(second);
        assertThat(table.flags(first)).isEqualTo(8);
        assertThat(table.from(first)).isEqualTo(1);
        assertThat(table.to(first)).isEqualTo(2);
        assertThat(table.flags(second)).isEqualTo(0x24);
    }

    @Test
    void shouldUseReleasedPlacesAgain() {
        for (int round = 0; round < 1000; round++) {
            int element = table.add(8, round, round);
            assertThat(element).isEqualTo(-1);
            table.release(element);
        }
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldGrow() {
        int[] elements = new int[500];
        for (int index = 0; index < elements.length; index++) {
            elements[index] = table.add(8, index, -index);
        }

        assertThat(table.size()).isEqualTo(500);
        for (int index = 0; index < elements.length; index++) {
            assertThat(table.from(elements[index])).isEqualTo(index);
            table.release(elements[index]);
        }
        assertThat(table.size()).isZero();
    }
}
