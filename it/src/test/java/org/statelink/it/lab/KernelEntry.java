/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connection with every attribute that the kernel tells of it, but for what differs by nature: the entry's own
 * number, counters, times. Numbers as in linux/netfilter/nfnetlink_conntrack.h.
 *
 * @param source the address that the connection comes from, which is another for each of a {@link FlowMix}
 * @param protocol its number
 * @param fields values in hexadecimal by name; an attribute that has no name here goes by its path of numbers
 * @param timeout seconds left
 */
public record KernelEntry(String source, int protocol, SortedMap<String, String> fields, int timeout) {
    private static final int PROTOCOL = 0x010201;
    private static final int TIMEOUT = 7;
    /** Timeout, use count, id, counters, timestamps. */
    private static final Set<Integer> BY_NATURE =
        Set.of(TIMEOUT, 11, 12, 0x0901, 0x0902, 0x0905, 0x0a01, 0x0a02, 0x0a05, 0x1401);
    private static final Map<Integer, String> NAMES = Map.ofEntries(
        Map.entry(0x010202, "original source port"), Map.entry(0x010203, "original destination port"),
        Map.entry(0x020202, "reply source port"), Map.entry(0x020203, "reply destination port"),
        Map.entry(0x0203, "reply zone"), Map.entry(3, "status"), Map.entry(8, "mark"), Map.entry(18, "zone"),
        Map.entry(22, "labels"), Map.entry(0x0501, "helper"), Map.entry(0x040101, "TCP state"),
        Map.entry(0x040102, "window scale original"), Map.entry(0x040103, "window scale reply"),
        Map.entry(0x040104, "TCP flags original"), Map.entry(0x040105, "TCP flags reply"),
        Map.entry(0x040301, "SCTP state"), Map.entry(0x040302, "vtag original"),
        Map.entry(0x040303, "vtag reply"));

    /** Reads what the kernel answers. */
    static KernelEntry of(ByteBuffer body) {
        Attributes flow = new Attributes(body);
        SortedMap<String, String> fields = new TreeMap<>();
        flow.all().forEach((path, value) -> {
            if (!BY_NATURE.contains(path)) {
                fields.put(NAMES.getOrDefault(path, Integer.toHexString(path)), HexFormat.of().formatHex(value));
            }
        });
        return new KernelEntry(FlowText.source(flow), (int) flow.number(PROTOCOL), fields,
            (int) flow.number(TIMEOUT));
    }
}
