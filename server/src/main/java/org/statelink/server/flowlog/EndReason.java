/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.util.Locale;

/** Why a flow is not there any more, as far as the kernel lets it be known. */
public enum EndReason {
    /** Its protocol closed it, before its time was over. */
    CLOSED,
    /** The kernel took it out of its table: its time was over, or a program deleted it. */
    EXPIRED,
    /** This daemon emptied the kernel's table. */
    FLUSHED,
    /** Events were lost; the kernel's table did not have it any more when it was read again. */
    MISSING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word for it in the log. */
    public String word() {
        return word;
    }
}
