/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

/** Which version this is, and which one it stands in for. */
public final class ProductVersion {
    /** The version of Statelink. */
    public static final String STATELINK = "0.1.0";
    /** The version of conntrackd whose contracts are kept. */
    public static final String CONNTRACKD = "1.4.7";

    private ProductVersion() {
    }
}
