/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Map;

/** The helpers that come with conntrackd, each serving IPv4 and IPv6, with one policy that is named as the helper. */
final class KnownHelpers {
    private static final int TCP = 1;
    private static final int UDP = 2;
    private static final Map<String, Integer> TRANSPORTS = Map.of("amanda", UDP, "dhcpv6", UDP, "ftp", TCP, "mdns", UDP,
        "rpc", TCP | UDP, "sane", TCP, "slp", UDP, "ssdp", TCP | UDP, "tftp", UDP, "tns", TCP);

    private KnownHelpers() {
    }

    static boolean exists(String name, boolean udp) {
        return (TRANSPORTS.getOrDefault(name, 0) & (udp ? UDP : TCP)) != 0;
    }
}
