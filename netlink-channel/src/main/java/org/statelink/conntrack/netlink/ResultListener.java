/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Hears how submitted requests ended, on the loop of the request socket. */
@FunctionalInterface
public interface ResultListener {
    /**
     * One request ended. Called exactly once per request, in the order of submission. May submit further requests.
     *
     * @param token the number given to {@link ConntrackClient#submit}
     * @param errno 0 for success, else positive; see {@link org.statelink.netlink.codec.Errno}
     * @param message the kernel's own explanation; empty for none
     */
    void onResult(int token, int errno, String message);
}
