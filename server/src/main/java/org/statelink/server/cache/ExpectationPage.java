/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Expectation;

/** A page of expectations. They have the kernel's identifier, and the zone where it is known. */
public final class ExpectationPage extends EntryPage<Expectation> {
    /** A page of 64 KiB: some 300 expectations. */
    public ExpectationPage() {
        super(new ExpectationKind(), DEFAULT_BYTES);
    }

    /** All of it is stored. */
    @Override
    public void complete(Expectation expectation) {
    }
}
