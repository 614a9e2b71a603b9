/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.net.NetworkInterface;
import java.net.SocketException;

/** The state of a network interface in conntrackd's words. */
final class InterfaceStatus {
    private InterfaceStatus() {
    }

    /** {@code RUNNING}, or {@code DOWN} where it is down, has no carrier or does not exist. */
    static String of(String name) {
        try {
            NetworkInterface device = NetworkInterface.getByName(name);
            return device != null && device.isUp() ? "RUNNING" : "DOWN";
        } catch (SocketException e) {
            return "DOWN";
        }
    }
}
