/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
    private static Map<Long, long[]> found(HeavyHitters hitters) {
        Map<Long, long[]> found = new HashMap<>();
        hitters.forEach((high, low, count, error) -> {
            assertThat(found.put(low, new long[] {count, error})).as("key %d twice", low).isNull();
        });
        return found;
    }

    @Test
    void shouldCountExactlyWhileEveryKeyHasACounter() {
        HeavyHitters hitters = new HeavyHitters(8, 1);
        for (int round = 0; round < 5; round++) {
            for (int key = 0; key < 8; key++) {
                hitters.add(0, key, key + 1);
            }
        }
        Map<Long, long[]> found = found(hitters);
        for (long key = 0; key < 8; key++) {
            assertThat(found.get(key)).containsExactly(5 * (key + 1), 0);
        }
    }

    @Test
    void shouldGiveTheLightestCounterToANewKey() {
        HeavyHitters hitters = new HeavyHitters(2, 1);
        hitters.add(0, 1, 10);
        hitters.add(0, 2, 3);
        hitters.add(0, 3, 4);
        assertThat(found(hitters)).containsOnlyKeys(1L, 3L);
        assertThat(found(hitters).get(3L)).containsExactly(7, 3);
    }

    @Test
    void shouldTellKeysApartByBothHalves() {
        HeavyHitters hitters = new HeavyHitters(4, 1);
        hitters.add(1, 7, 1);
        hitters.add(2, 7, 1);
        int[] keys = new int[1];
        hitters.forEach((high, low, count, error) -> keys[0]++);
        assertThat(keys[0]).isEqualTo(2);
    }

    /** What the algorithm promises, on skewed random traffic of far more keys than counters. */
    @Test
    void shouldKeepItsPromises() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        HeavyHitters hitters = new HeavyHitters(64, random.nextLong());
        Map<Long, Long> truth = new HashMap<>();
        long total = 0;
        for (int i = 0; i < 200_000; i++) {
            long key = (long) Math.pow(5000, random.nextDouble());
            long weight = random.nextLong(1, 1501);
            hitters.add(0, key, weight);
            truth.merge(key, weight, Long::sum);
            total += weight;
        }
        Map<Long, long[]> found = found(hitters);
        assertThat(found).hasSize(64);
        found.forEach((key, value) -> assertThat(truth.get(key)).isBetween(value[0] - value[1], value[0]));
        assertThat(found.values().stream().mapToLong(value -> value[0]).sum()).isEqualTo(total);
        long share = total / 64;
        truth.forEach((key, weight) -> {
            if (weight > share) {
                assertThat(found).containsKey(key);
            }
        });
    }
}
