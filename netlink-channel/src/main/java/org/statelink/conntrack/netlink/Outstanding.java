/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import java.util.Arrays;

/**
 * The requests that have no answer yet, in the order of their sequence numbers, which run through 31 bits. Parallel
 * rings that grow; a request's place is its sequence number under a mask. Plain data: what an answer means, the
 * {@link RequestWindow} knows.
 */
final class Outstanding {
    static final int SEQUENCE_MASK = 0x7fffffff;

    private int[] tokens = new int[256];
    private int[] errnos = new int[256];
    private boolean[] batchEnds = new boolean[256];
    private Completion[] completions = new Completion[256];
    private int first;
    private int count;

    /** Adds a request. Its completion is null where the token tells whose it is. */
    int add(int token, Completion completion) {
        if (count == tokens.length) {
            grow();
        }
        int sequence = first + count & SEQUENCE_MASK;
        int at = at(sequence);
        tokens[at] = token;
        completions[at] = completion;
        errnos[at] = 0;
        batchEnds[at] = false;
        count++;
        return sequence;
    }

    private void grow() {
        int size = tokens.length;
        int[] oldTokens = tokens;
        int[] oldErrnos = errnos;
        boolean[] oldEnds = batchEnds;
        Completion[] oldCompletions = completions;
        tokens = new int[2 * size];
        errnos = new int[2 * size];
        batchEnds = new boolean[2 * size];
        completions = new Completion[2 * size];
        for (int i = 0; i < count; i++) {
            int sequence = first + i & SEQUENCE_MASK;
            int from = sequence & size - 1;
            int to = at(sequence);
            tokens[to] = oldTokens[from];
            errnos[to] = oldErrnos[from];
            batchEnds[to] = oldEnds[from];
            completions[to] = oldCompletions[from];
        }
        Arrays.fill(oldCompletions, null);
    }

    private int at(int sequence) {
        return sequence & tokens.length - 1;
    }

    int first() {
        return first;
    }

    int count() {
        return count;
    }

    /** Place in the queue, 0 for the oldest; {@link #count} or more for what is not in it. */
    int distance(int sequence) {
        return sequence - first & SEQUENCE_MASK;
    }

    int token(int sequence) {
        return tokens[at(sequence)];
    }

    Completion completion(int sequence) {
        return completions[at(sequence)];
    }

    /** The error that a request has although no answer came; 0 for none. */
    int errno(int sequence) {
        return errnos[at(sequence)];
    }

    void setErrno(int sequence, int errno) {
        errnos[at(sequence)] = errno;
    }

    /** Whether the request is the last of its datagram. */
    boolean endsBatch(int sequence) {
        return batchEnds[at(sequence)];
    }

    void markBatchEnd(int sequence) {
        batchEnds[at(sequence)] = true;
    }

    void removeFirst() {
        completions[at(first)] = null;
        first = first + 1 & SEQUENCE_MASK;
        count--;
    }
}
