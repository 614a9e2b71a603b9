/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

/** Hears what becomes of network interfaces. Called on the monitor's loop. */
public interface InterfaceListener {
    /**
     * The interface is there: it came, it changed, or it has one more address that can be used. After an overrun every
     * interface is told of again, since that may have swallowed an address.
     */
    void onInterface(InterfaceState state);

    /** The interface is no more, or has another name now; this is how it was. */
    void onInterfaceGone(InterfaceState state);
}
