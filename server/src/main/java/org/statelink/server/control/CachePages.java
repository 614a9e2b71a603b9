/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntryPage;
import org.statelink.server.cache.EntrySelection;

/** A cache that can be shown. On the state loop. */
interface CachePages<E> {
    /** Fills a page from where the cursor is; whether the iteration goes on. */
    boolean page(EntryCursor cursor, EntrySelection selection, EntryPage<E> page);
}
