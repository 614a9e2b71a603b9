/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

/** How a daemon learns what it did to the kernel's flows itself. Of expectations, events tell in every case. */
public enum OwnDoing {
    /** The internal cache follows page by page; the kernel sends no events. */
    NOTED,
    /** It does not need to know; the kernel sends no events. */
    NEGLECTED,
    /** By events, as of what others do. */
    HEARD
}
