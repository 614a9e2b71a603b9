/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;

/** Debian's conntrackd over TCP on IPv4. */
final class ConntrackdIpv4IT extends StreamInterop {
    @Override
    protected LinkOptions options() {
        return Links.between(NamespacePair.DEVICE, "198.51.100.1", "198.51.100.2");
    }

    @Override
    protected String linkBlock() {
        return """
            TCP {
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
