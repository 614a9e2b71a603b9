/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import org.statelink.sync.transport.DatagramInterop;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;
import org.statelink.sync.transport.SyncTransportProvider;

/** Debian's conntrackd over unicast UDP on IPv6. */
final class ConntrackdIpv6IT extends DatagramInterop {
    @Override
    protected SyncTransportProvider provider() {
        return new UdpTransportProvider();
    }

    @Override
    protected LinkOptions options() {
        return Links.between(NamespacePair.DEVICE, "2001:db8::1", "2001:db8::2");
    }

    @Override
    protected String linkBlock() {
        return """
            UDP {
                IPv6_address 2001:db8::2
                IPv6_Destination_Address 2001:db8::1
                Port 3780
                Interface %s
                SndSocketBuffer 1249280
                RcvSocketBuffer 1249280
                Checksum on
              }
            """.formatted(NamespacePair.DEVICE);
    }
}
