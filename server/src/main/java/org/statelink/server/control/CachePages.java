/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.FlowSelection;

/** A cache that can be shown. On the state loop. */
interface CachePages {
    /** Fills a page from where the cursor is; whether the iteration goes on. */
    boolean page(FlowCursor cursor, FlowSelection selection, FlowPage page);
}
