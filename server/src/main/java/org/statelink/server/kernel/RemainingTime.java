/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

/** The timeout that an entry gets in the kernel. Source: docs of conntrackd's modes, section 8.2. */
final class RemainingTime {
    private static final int UNKNOWN_SECONDS = 60;

    private RemainingTime() {
    }

    /**
     * Seconds for an entry.
     *
     * @param commitTimeout what every entry gets; 0 for what is left of its own
     * @param known whether the peer told a timeout
     * @param timeout what it told
     * @param age seconds since then
     */
    static int of(int commitTimeout, boolean known, int timeout, int age) {
        if (commitTimeout > 0) {
            return commitTimeout;
        }
        int left = timeout - age;
        if (!known || left < 0) {
            return UNKNOWN_SECONDS;
        }
        return left == 0 ? timeout : left;
    }
}
