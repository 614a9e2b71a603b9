/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.statelink.config.Network;
import org.statelink.conntrack.Tuple;

/** Addresses and networks of both families, asked without allocating. Immutable. */
final class AddressSet {
    private final int[] families;
    private final long[] highs;
    private final long[] lows;
    private final long[] highMasks;
    private final long[] lowMasks;

    AddressSet(List<Network> networks) {
        int size = networks.size();
        families = new int[size];
        highs = new long[size];
        lows = new long[size];
        highMasks = new long[size];
        lowMasks = new long[size];
        for (int i = 0; i < size; i++) {
            set(i, networks.get(i));
        }
    }

    private void set(int index, Network network) {
        InetAddress address = network.address();
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        families[index] = network.isIpv6() ? Tuple.IPV6 : Tuple.IPV4;
        int prefix = network.isIpv6() ? network.prefixLength() : 96 + network.prefixLength();
        highMasks[index] = leadingOnes(Math.min(prefix, 64));
        lowMasks[index] = leadingOnes(Math.max(prefix - 64, 0));
        highs[index] = (network.isIpv6() ? bytes.getLong() : 0) & highMasks[index];
        lows[index] = (network.isIpv6() ? bytes.getLong() : bytes.getInt() & 0xffffffffL) & lowMasks[index];
    }

    private static long leadingOnes(int count) {
        return count == 0 ? 0 : -1L << 64 - count;
    }

    boolean contains(int family, long high, long low) {
        for (int i = 0; i < families.length; i++) {
            if (families[i] == family && (high & highMasks[i]) == highs[i] && (low & lowMasks[i]) == lows[i]) {
                return true;
            }
        }
        return false;
    }
}
