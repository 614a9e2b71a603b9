/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.conntrack.Conntrack;

class EntryIndexTest {
    private final Chunks chunks = new Chunks();
    private final FlowKey key = new FlowKey();
    private int wanted;

    @AfterEach
    void close() {
        chunks.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0xff, 0xf0000, 0})
    void shouldFindExactlyWhatIsThere(int hashBits) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refs = hashBits == -1 ? 40_000 : hashBits == 0 ? 200 : 2000;
        EntryIndex index = new EntryIndex(chunks, (ref, ignored) -> ref == wanted, 64);
        Map<Integer, Integer> hashes = new HashMap<>();
        for (int i = 0; i < 3 * refs; i++) {
            int ref = 1 + random.nextInt(refs);
            Integer hash = hashes.get(ref);
            if (hash == null) {
                hash = random.nextInt() & hashBits;
                hashes.put(ref, hash);
                index.insert(hash, ref);
            } else if (random.nextInt(4) == 0) {
                hashes.remove(ref);
                index.remove(hash, ref);
                assertThat(find(index, hash, ref)).isZero();
            }
            assertThat(index.size()).isEqualTo(hashes.size());
        }
        hashes.forEach((ref, hash) -> assertThat(find(index, hash, ref)).isEqualTo(ref));
        assertThat(index.slots()).isGreaterThan(hashes.size());
    }

    private int find(EntryIndex index, int hash, int ref) {
        wanted = ref;
        return index.find(hash, key);
    }

    @Test
    void shouldFindEverythingWhileItGrows() {
        EntryIndex index = new EntryIndex(chunks, (ref, ignored) -> ref == wanted, 64);
        Random random = new Random(1);
        int[] hashes = new int[3000];
        boolean grew = false;
        for (int i = 1; i < hashes.length; i++) {
            hashes[i] = random.nextInt();
            index.insert(hashes[i], i);
            grew |= index.isGrowing();
            for (int j = 1; j <= i; j += 1 + i / 50) {
                assertThat(find(index, hashes[j], j)).isEqualTo(j);
            }
        }
        assertThat(grew).isTrue();
        assertThat(index.slots()).isEqualTo(4096);
    }

    @Test
    void shouldRefuseToRemoveWhatIsNotThere() {
        EntryIndex index = new EntryIndex(chunks, (ref, ignored) -> true, 64);
        index.insert(1, 1);
        assertThatThrownBy(() -> index.remove(1, 2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellKeysApartThatShareAHash() {
        try (EntryTable table = new EntryTable(ignored -> 5, 64)) {
            for (int i = 0; i < 300; i++) {
                insert(table, TestFlows.tcp(i));
            }
            for (int i = 0; i < 300; i += 2) {
                table.remove(find(table, TestFlows.tcp(i)));
            }
            for (int i = 0; i < 300; i++) {
                assertThat(find(table, TestFlows.tcp(i)) != 0).isEqualTo(i % 2 == 1);
            }
            assertThat(table.size()).isEqualTo(150);
            assertThat(table.bodies()).isEqualTo(150);
        }
    }

    private int find(EntryTable table, Conntrack flow) {
        key.set(flow);
        return table.find(key);
    }

    private void insert(EntryTable table, Conntrack flow) {
        assertThat(find(table, flow)).isZero();
        byte[] body = TestFlows.encode(flow);
        assertThat(table.insert(key, body, body.length)).isPositive();
    }
}
