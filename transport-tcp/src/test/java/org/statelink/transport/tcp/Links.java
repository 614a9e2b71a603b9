/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Options for tests. */
final class Links {
    static final int PORT = 3780;
    private static final int BUFFER = 1 << 21;

    private Links() {
    }

    static TcpOptions between(String device, String local, String destination) {
        return new TcpOptions(device, false, address(local), address(destination), PORT, BUFFER, BUFFER, 128);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
