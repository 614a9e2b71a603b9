/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryTimersTest {
    private final Chunks chunks = new Chunks();
    private final EntryHeaders headers = new EntryHeaders(chunks);
    private final EntryTimers timers = new EntryTimers(headers, this::delay);
    private int delay = 50;

    private int delay() {
        return delay;
    }

    @AfterEach
    void close() {
        chunks.close();
    }

    @Test
    void shouldFireOnceWhenTheTimeHasCome() {
        int ref = headers.allocate();
        timers.restart(ref);

        assertThat(dueAt(49)).isEmpty();
        assertThat(dueAt(50)).containsExactly(ref);
        assertThat(dueAt(5_000)).isEmpty();
    }

    @Test
    void shouldFireLaterWhenSetAnew() {
        int ref = headers.allocate();
        timers.restart(ref);
        dueAt(30);
        timers.restart(ref);

        assertThat(dueAt(79)).isEmpty();
        assertThat(dueAt(80)).containsExactly(ref);
    }

    @Test
    void shouldFireNoLaterThanBeforeWhenSetEarlier() {
        int ref = headers.allocate();
        timers.restart(ref);
        delay = 10;
        timers.restart(ref);

        assertThat(dueAt(50)).containsExactly(ref);
    }

    @Test
    void shouldNotFireForWhatWasRemoved() {
        int ref = headers.allocate();
        timers.restart(ref);
        headers.free(ref);

        assertThat(dueAt(100)).isEmpty();
    }

    @Test
    void shouldFireOnceForAnEntryThatUsesTheRefOfAnother() {
        int ref = headers.allocate();
        for (int round = 0; round < 1_000; round++) {
            timers.restart(ref);
            headers.free(ref);
            assertThat(headers.allocate()).isEqualTo(ref);
        }
        dueAt(20);
        timers.restart(ref);

        assertThat(dueAt(50)).isEmpty();
        assertThat(dueAt(70)).containsExactly(ref);
    }

    @Test
    void shouldWaitLongerThanATurnOfTheWheel() {
        delay = 10 * TimerWheel.SLOTS + 7;
        int ref = headers.allocate();
        timers.restart(ref);

        for (int tick = 0; tick < delay; tick += 97) {
            assertThat(dueAt(tick)).isEmpty();
        }
        assertThat(dueAt(delay)).containsExactly(ref);
    }

    @Test
    void shouldFireEverythingAfterALongPause() {
        for (int i = 0; i < 5_000; i++) {
            delay = 1 + i;
            timers.restart(headers.allocate());
        }

        assertThat(dueAt(1_000_000)).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void shouldFireAsAModelDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Integer, Integer> due = new HashMap<>();
        int now = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) > 0) {
                int ref = headers.allocate();
                // later than all that were set, so that the model is exact
                delay = 300;
                timers.restart(ref);
                due.put(ref, now + delay);
            }
            if (random.nextInt(4) == 0 && !due.isEmpty()) {
                int ref = due.keySet().iterator().next();
                due.remove(ref);
                headers.free(ref);
            }
            now += random.nextInt(2);
            int tick = now;
            List<Integer> expected = due.keySet().stream().filter(ref -> due.get(ref) <= tick).toList();
            assertThat(dueAt(now)).as("seed %d, step %d", seed, step).containsExactlyInAnyOrderElementsOf(expected);
            expected.forEach(ref -> {
                due.remove(ref);
                headers.free(ref);
            });
        }
    }

    private List<Integer> dueAt(int tick) {
        timers.advance(tick * TimeUnit.MILLISECONDS.toNanos(200));
        List<Integer> refs = new ArrayList<>();
        for (int ref = timers.poll(); ref != EntryTimers.NONE; ref = timers.poll()) {
            if (ref != EntryTimers.LOOKED) {
                refs.add(ref);
            }
        }
        return refs;
    }
}
