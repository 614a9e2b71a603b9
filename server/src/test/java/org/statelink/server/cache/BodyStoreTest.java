/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyStoreTest {
    private final Chunks chunks = new Chunks();
    private final BodyStore store = new BodyStore(chunks);

    private record Block(int address, int length, byte fill) {
    }

    @AfterEach
    void close() {
        chunks.close();
    }

    @Test
    void shouldKeepBlocksApart() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (blocks.size() < 200 || blocks.size() < 3000 && random.nextBoolean()) {
                int length = 1 + random.nextInt(random.nextInt(10) == 0 ? BodyStore.MAX_BYTES : 150);
                Block block = new Block(store.allocate(length), length, (byte) random.nextInt());
                memory(block).fill(block.fill);
                blocks.add(block);
            } else {
                Block block = blocks.set(random.nextInt(blocks.size()), blocks.getLast());
                blocks.removeLast();
                assertIntact(block);
                store.free(block.address);
            }
            assertThat(store.blocks()).isEqualTo(blocks.size());
        }
        blocks.forEach(this::assertIntact);
    }

    private MemorySegment memory(Block block) {
        return store.segmentOf(block.address).asSlice(BodyStore.offsetOf(block.address), block.length);
    }

    private void assertIntact(Block block) {
        MemorySegment memory = memory(block);
        for (int i = 0; i < block.length; i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, i) != block.fill) {
                throw new AssertionError(block + " was overwritten at " + i);
            }
        }
    }

    @Test
    void shouldUseFreedBlocksAgain() {
        int first = store.allocate(100);
        store.allocate(100);
        store.free(first);
        assertThat(store.allocate(97)).isEqualTo(first);
    }

    @Test
    void shouldFillASpanToTheLastByte() {
        for (int i = 0; i < Chunks.BYTES / BodyStore.MAX_BYTES; i++) {
            store.allocate(BodyStore.MAX_BYTES);
        }
        assertThat(chunks.bytes()).isEqualTo(Chunks.BYTES);
        store.allocate(BodyStore.MAX_BYTES);
        assertThat(chunks.bytes()).isEqualTo(2 * Chunks.BYTES);
    }

    @Test
    void shouldUseTheSpansOfOneSizeForAnother() {
        List<Integer> small = new ArrayList<>();
        for (int i = 0; i < Chunks.BYTES / 16; i++) {
            small.add(store.allocate(16));
        }
        small.forEach(store::free);
        for (int i = 0; i < Chunks.BYTES / 1024; i++) {
            store.allocate(1024);
        }
        assertThat(chunks.bytes()).isEqualTo(Chunks.BYTES);
    }
}
