/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/** Leaves the rest of an entry after its error was noted; says nothing itself, so it has no stack trace. */
final class Unwound extends Exception {
    private static final long serialVersionUID = 1L;

    Unwound() {
        super(null, null, false, false);
    }
}
