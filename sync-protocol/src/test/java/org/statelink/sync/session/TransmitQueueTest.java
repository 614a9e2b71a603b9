/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TransmitQueueTest {
    private final TransmitQueue queue = new TransmitQueue();

    @Test
    void shouldReturnElementsInOrder() {
        queue.add(7);
        queue.add(-1);
        queue.add(9);

        assertThat(queue.size()).isEqualTo(3);
        assertThat(new int[] {queue.poll(), queue.poll(), queue.poll(), queue.poll()}).containsExactly(7, -1, 9, 0);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldRemoveFromTheMiddle() {
        queue.add(1);
        int position = queue.add(2);
        queue.add(3);

        queue.remove(position);

        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(3);
    }

    @Test
    void shouldBeUsableAfterItsLastElementWasRemoved() {
        queue.remove(queue.add(1));

        assertThat(queue.poll()).isZero();
        queue.add(2);
        assertThat(queue.poll()).isEqualTo(2);
    }

    @Test
    void shouldKeepPositionsWhenItGrows() {
        queue.add(-5);
        queue.poll();
        int early = queue.add(1);
        for (int element = 2; element <= 100_000; element++) {
            queue.add(element);
        }

        queue.remove(early);

        assertThat(queue.size()).isEqualTo(99_999);
        for (int element = 2; element <= 100_000; element++) {
            assertThat(queue.poll()).isEqualTo(element);
        }
    }

    @Test
    void shouldAgreeWithAListUnderRandomUse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<int[]> model = new ArrayList<>();
        for (int step = 1; step < 50_000; step++) {
            int choice = random.nextInt(20);
            if (choice < 11) {
                model.add(new int[] {step, queue.add(step)});
            } else if (choice < 15 && !model.isEmpty()) {
                int[] gone = model.remove(random.nextInt(model.size()));
                queue.remove(gone[1]);
            } else {
                int expected = model.isEmpty() ? 0 : model.removeFirst()[0];
                assertThat(queue.poll()).as("seed %d step %d", seed, step).isEqualTo(expected);
            }
            assertThat(queue.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
        }
    }
}
