/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;

/** Debian's conntrackd over TCP on IPv6. */
final class ConntrackdIpv6IT extends StreamInterop {
    @Override
    protected LinkOptions options() {
        return Links.between(NamespacePair.DEVICE, "2001:db8::1", "2001:db8::2");
    }

    @Override
    protected String linkBlock() {
        return """
            TCP {
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
