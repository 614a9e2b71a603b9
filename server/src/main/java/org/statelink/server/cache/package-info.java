/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What this node knows of its own flows and what they expect ({@link org.statelink.server.cache.InternalCaches}) and of
 * its peers' ({@link org.statelink.server.cache.ExternalCaches}).
 *
 * <p>An entry at rest is bytes outside the heap: a header of 48 bytes and a body in the sync protocol's encoding, so
 * that what is stored is what is sent, and what is received is what is stored. From the ground up:
 * <ul>
 *   <li>{@code Chunks} obtains memory in pieces of 256 KiB, never more at once: growing is never a long pause;</li>
 *   <li>{@code BodyStore} cuts them into blocks of multiples of 16 bytes and reuses freed ones;</li>
 *   <li>{@code EntryHeaders} is an array of headers; a header's number, the <em>ref</em>, names the entry for its whole
 *       life, whatever becomes of its body. Walking the refs is therefore an iteration that survives changes;</li>
 *   <li>{@code EntryIndex} finds refs by hash and grows a few slots per operation;</li>
 *   <li>{@code EntryTimers} gives each entry a time, where the mode wants that, for an int of {@code TimerWheel};</li>
 *   <li>{@code EntryTable} makes one table of them, {@code EntryStore} adds decoding, merging and flushing;</li>
 *   <li>{@code EntryKind} knows what flows and expectations differ in.</li>
 * </ul>
 * Everything here belongs to one thread, the state loop. Other threads are handed copies, {@code EntryPage}s.
 */
package org.statelink.server.cache;
