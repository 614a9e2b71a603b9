/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import org.statelink.sync.transport.DatagramInterop;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;
import org.statelink.sync.transport.SyncTransportProvider;

/** Debian's conntrackd over unicast UDP on IPv4. */
final class ConntrackdIpv4IT extends DatagramInterop {
    @Override
    protected SyncTransportProvider provider() {
        return new UdpTransportProvider();
    }

    @Override
    protected LinkOptions options() {
        return Links.between(NamespacePair.DEVICE, "198.51.100.1", "198.51.100.2");
    }

    @Override
    protected String linkBlock() {
        return """
            UDP {
                IPv4_address 198.51.100.2
                IPv4_Destination_Address 198.51.100.1
                Port 3780
                Interface %s
                SndSocketBuffer 1249280
                RcvSocketBuffer 1249280
                Checksum on
              }
            """.formatted(NamespacePair.DEVICE);
    }
}
