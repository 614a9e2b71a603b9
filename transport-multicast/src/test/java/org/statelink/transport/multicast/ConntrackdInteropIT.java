/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.statelink.sync.transport.DatagramInterop;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;
import org.statelink.sync.transport.SyncTransportProvider;

/** Debian's conntrackd over multicast. */
final class ConntrackdInteropIT extends DatagramInterop {
    @Override
    protected SyncTransportProvider provider() {
        return new MulticastTransportProvider();
    }

    @Override
    protected LinkOptions options() {
        try {
            InetAddress group = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString("225.0.0.50"));
            return MulticastOptions.of(NamespacePair.DEVICE, group, 3780);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected String linkBlock() {
        return """
            Multicast {
                IPv4_address 225.0.0.50
                Group 3780
                IPv4_interface 198.51.100.2
                Interface %s
                SndSocketBuffer 1249280
                RcvSocketBuffer 1249280
                Checksum on
              }
            """.formatted(NamespacePair.DEVICE);
    }
}
