/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ResendQueueTest {
    private static final int PEER = 1;
    private static final int OTHER = 2;

    private final ResendQueue queue = new ResendQueue(4);
    private final List<Integer> out = new ArrayList<>();

    @Test
    void shouldReleaseAnAcknowledgedRange() {
        fill(10, 1, 2, 3, 4);

        assertThat(queue.acknowledge(11, 12, PEER, out::add)).isEqualTo(2);

        assertThat(out).containsExactly(2, 3);
        assertThat(left()).containsExactly(1, 4);
    }

    @Test
    void shouldIgnoreNumbersItDoesNotHave() {
        fill(10, 1, 2);

        assertThat(queue.acknowledge(1, 9, PEER, out::add)).isZero();
        assertThat(queue.take(12, 500, out::add)).isZero();
        assertThat(queue.remove(9)).isZero();
        assertThat(queue.remove(12)).isZero();

        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void shouldTakeAMissingRangeInOrder() {
        fill(10, 1, -1, 3, 4);

        assertThat(queue.take(10, 12, out::add)).isEqualTo(3);

        assertThat(out).containsExactly(1, -1, 3);
        assertThat(left()).containsExactly(4);
    }

    @Test
    void shouldTakeMoreWhenEnlarged() {
        fill(10, 1, 2, 3, 4);

        queue.setCapacity(5);

        assertThat(queue.append(14, 5, PEER, out::add)).isFalse();
        assertThat(queue.append(15, 6, PEER, out::add)).isTrue();
        assertThat(left()).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void shouldKeepWhatWaitsWhenLowered() {
        ResendQueue large = new ResendQueue(64);
        for (int i = 0; i < 32; i++) {
            large.append(i, i + 1, PEER, out::add);
        }

        large.setCapacity(8);

        assertThat(large.capacity()).isEqualTo(8);
        assertThat(large.append(32, 33, PEER, out::add)).isFalse();
        assertThat(large.size()).isEqualTo(33);
        large.acknowledge(0, 30, PEER, out::add);
        out.clear();
        for (int i = 33; i < 50; i++) {
            large.append(i, i + 1, PEER, out::add);
        }
        assertThat(large.size()).isEqualTo(8);
        assertThat(out).startsWith(32, 33, 34);
    }

    @Test
    void shouldDropTheOldestWhenFull() {
        fill(10, 1, 2, 3, 4);

        assertThat(queue.append(14, 5, PEER, out::add)).isTrue();

        assertThat(out).containsExactly(1);
        assertThat(queue.size()).isEqualTo(4);
        assertThat(queue.oldest()).isEqualTo(11);
    }

    @Test
    void shouldCountOnlyWhatWaitsAgainstTheCapacity() {
        fill(10, 1, 2, 3, 4);
        queue.remove(12);

        assertThat(queue.append(14, 5, PEER, out::add)).isFalse();

        assertThat(out).isEmpty();
        assertThat(left()).containsExactly(1, 2, 4, 5);
    }

    @Test
    void shouldKeepAnOldElementWhileNumbersRunOn() {
        queue.append(1, 7, 0, out::add);
        for (int sequence = 2; sequence < 1_000_000; sequence++) {
            queue.append(sequence, 8, 0, out::add);
            queue.remove(sequence);
        }

        assertThat(left()).containsExactly(7);
        assertThat(queue.remove(1)).isEqualTo(7);
    }

    @Test
    void shouldWaitForEveryPeer() {
        queue.append(1, 7, PEER | OTHER, out::add);

        assertThat(queue.acknowledge(1, 1, PEER, out::add)).isZero();
        assertThat(queue.acknowledge(1, 1, PEER, out::add)).isZero();
        assertThat(queue.acknowledge(1, 1, OTHER, out::add)).isEqualTo(1);
    }

    @Test
    void shouldReleaseWhatWasSentBeforeAnyPeerWasKnown() {
        queue.append(1, 7, 0, out::add);

        assertThat(queue.acknowledge(1, 1, OTHER, out::add)).isEqualTo(1);
    }

    @Test
    void shouldSettleWhatOnePeerWaitsFor() {
        queue.append(1, 7, PEER, out::add);
        queue.append(2, 8, PEER | OTHER, out::add);
        queue.append(3, 9, PEER, out::add);

        queue.settle(2, PEER, out::add);

        assertThat(out).containsExactly(9);
        assertThat(left()).containsExactly(7, 8);
    }

    @Test
    void shouldWorkAcrossTheWrapOfNumbers() {
        fill(-2, 1, 2, 3, 4);

        assertThat(queue.acknowledge(-1, 0, PEER, out::add)).isEqualTo(2);
        assertThat(queue.remove(1)).isEqualTo(4);

        assertThat(left()).containsExactly(1);
    }

    @Test
    void shouldAgreeWithAMapUnderRandomUse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ResendQueue large = new ResendQueue(700);
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        int sequence = 1;
        for (int step = 0; step < 100_000; step++) {
            int choice = random.nextInt(100);
            int at = sequence - 1 - random.nextInt(1000);
            if (choice < 80) {
                sequence += 1 + (random.nextInt(10) == 0 ? random.nextInt(5) : 0);
                if (model.size() == 700) {
                    model.pollFirstEntry();
                }
                model.put(sequence, step + 1);
                large.append(sequence, step + 1, PEER, element -> { });
            } else if (choice < 95) {
                Integer gone = model.remove(at);
                assertThat(large.remove(at)).as("seed %d step %d", seed, step).isEqualTo(gone == null ? 0 : gone);
            } else {
                checkRange(large, model, at, at + random.nextInt(100), choice, "seed " + seed + " step " + step);
            }
            assertThat(large.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
        }
    }

    private void checkRange(ResendQueue large, NavigableMap<Integer, Integer> model, int from, int to, int choice,
                            String where) {
        Map<Integer, Integer> range = model.subMap(from, true, to, true);
        List<Integer> expected = new ArrayList<>(range.values());
        range.clear();
        List<Integer> actual = new ArrayList<>();
        if (choice < 98) {
            large.acknowledge(from, to, PEER, actual::add);
        } else {
            large.take(from, to, actual::add);
        }
        assertThat(actual).as(where).isEqualTo(expected);
    }

    private void fill(int firstSequence, int... elements) {
        for (int index = 0; index < elements.length; index++) {
            queue.append(firstSequence + index, elements[index], PEER, out::add);
        }
    }

    private List<Integer> left() {
        List<Integer> elements = new ArrayList<>();
        queue.forEach((sequence, element) -> elements.add(element));
        return elements;
    }
}
