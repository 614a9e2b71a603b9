/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import java.util.Arrays;

/** Connection labels ({@code CTA_LABELS}): label {@code n} is bit {@code n % 32} of word {@code n / 32}. */
public final class Labels {
    /** Most words that the sync protocol carries (1024 bytes). */
    public static final int MAX_WORDS = 256;

    private int[] words = new int[4];
    private int length;

    /** Sets the number of 32-bit words and clears them; at most {@link #MAX_WORDS}. */
    public void clear(int length) {
        if (length < 0 || length > MAX_WORDS) {
            throw new IllegalArgumentException("labels of " + length + " words, at most " + MAX_WORDS);
        }
        if (length > words.length) {
            words = new int[length];
        }
        this.length = length;
        Arrays.fill(words, 0, length, 0);
    }

    /** Sets a word. */
    public void setWord(int index, int word) {
        words[index] = word;
    }

    void set(Labels other) {
        clear(other.length);
        System.arraycopy(other.words, 0, words, 0, length);
    }

    /** A word; {@code index} is below {@link #length}. */
    public int word(int index) {
        return words[index];
    }

    /** Number of 32-bit words. */
    public int length() {
        return length;
    }

    /** Whether no label is set. */
    public boolean isEmpty() {
        for (int i = 0; i < length; i++) {
            if (words[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
