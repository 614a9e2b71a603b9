/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.statelink.netlink.BpfAssembler.DROP;
import static org.statelink.netlink.BpfAssembler.PASS;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.BpfAssembler;
import org.statelink.netlink.BpfAssembler.Label;
import org.statelink.netlink.BpfInstruction;

/**
 * Writes the classic BPF program of an event socket: the kernel runs it over each conntrack event and spares the
 * socket those that it drops. Each test that is added must let an event pass. What a test cannot find in a message
 * does not match; what is no conntrack event passes.
 */
public final class EventProgram {
    /** What becomes of an event that is in a set; those that are not meet the opposite fate. */
    public enum Matching {
        /** It passes this test. */
        PASSES,
        /** It is dropped. */
        IS_DROPPED
    }

    /** The high byte of {@code nlmsg_type}. */
    private static final int SUBSYSTEM = 5;
    private static final int SUBSYSTEM_CONNTRACK = 1;
    private static final int PORT_ID = 12;
    private static final int FAMILY = 16;
    private static final int ATTRIBUTES = 20;
    private static final int VALUE = 4;
    /** Where in the machine's memory an address begins. */
    private static final int ADDRESS = 0;

    private final BpfAssembler code = new BpfAssembler();
    private final Label pass = new Label();
    private final Label drop = new Label();

    /** A program that lets everything pass. */
    public EventProgram() {
        code.loadByte(SUBSYSTEM).jumpUnlessEqual(SUBSYSTEM_CONNTRACK, pass);
    }

    /** Drops what requests of these sockets caused. */
    public EventProgram dropCausedBy(int... portIds) {
        // the header is in the host's order, and loads are big-endian
        int[] asLoaded = Arrays.stream(portIds).map(Integer::reverseBytes).toArray();
        code.loadWord(PORT_ID).jumpIfAnyOf(asLoaded, drop);
        return this;
    }

    /** Tests the protocol of the original tuple. */
    public EventProgram protocols(int[] numbers, Matching matching) {
        Test test = new Test(matching);
        loadProtocol(test.noMatch);
        code.jumpIfAnyOf(numbers, test.match);
        test.end();
        return this;
    }

    private void loadProtocol(Label whenMissing) {
        code.loadNumber(ATTRIBUTES).findAttribute(FlowAttribute.TUPLE_ORIGINAL, whenMissing)
            .findNested(FlowAttribute.TUPLE_PROTO, whenMissing).findNested(FlowAttribute.PROTO_NUMBER, whenMissing)
            .toIndex().loadByteBehindIndex(VALUE);
    }

    /** Tests the source of the original tuple and that of the reply; it is enough that one of them matches. */
    public EventProgram sources(List<AddressPrefix> prefixes, Matching matching) {
        Test test = new Test(matching);
        Label ipv6 = new Label();
        code.loadByte(FAMILY).jumpUnlessEqual(Tuple.IPV4, ipv6);
        ipv4Source(FlowAttribute.TUPLE_ORIGINAL, prefixes, test.match);
        ipv4Source(FlowAttribute.TUPLE_REPLY, prefixes, test.match);
        code.jump(test.noMatch).place(ipv6);
        ipv6Source(FlowAttribute.TUPLE_ORIGINAL, prefixes, test.match);
        ipv6Source(FlowAttribute.TUPLE_REPLY, prefixes, test.match);
        test.end();
        return this;
    }

    /** Addresses whose prefixes are of one length are compared with one number after the other. */
    private void ipv4Source(int tuple, List<AddressPrefix> prefixes, Label match) {
        Map<Integer, List<AddressPrefix>> byMask = prefixes.stream().filter(prefix -> prefix.family() == Tuple.IPV4)
            .collect(Collectors.groupingBy(prefix -> prefix.mask(0), TreeMap::new, Collectors.toList()));
        if (byMask.isEmpty()) {
            return;
        }
        Label missing = new Label();
        toSource(tuple, FlowAttribute.IP_V4_SOURCE, missing);
        code.loadWordBehindIndex(VALUE).store(ADDRESS);
        byMask.forEach((mask, alike) -> loadMasked(ADDRESS, mask)
            .jumpIfAnyOf(alike.stream().mapToInt(prefix -> prefix.value(0)).distinct().toArray(), match));
        code.place(missing);
    }

    private void ipv6Source(int tuple, List<AddressPrefix> prefixes, Label match) {
        List<AddressPrefix> ipv6 = prefixes.stream().filter(prefix -> prefix.family() == Tuple.IPV6).toList();
        if (ipv6.isEmpty()) {
            return;
        }
        Label missing = new Label();
        toSource(tuple, FlowAttribute.IP_V6_SOURCE, missing);
        for (int word = 0; word < ipv6.getFirst().words(); word++) {
            code.loadWordBehindIndex(VALUE + word * Integer.BYTES).store(ADDRESS + word);
        }
        ipv6.forEach(prefix -> compareStored(prefix, match));
        code.place(missing);
    }

    private void compareStored(AddressPrefix prefix, Label match) {
        Label different = new Label();
        for (int word = 0; word < prefix.words(); word++) {
            if (prefix.mask(word) != 0) {
                loadMasked(ADDRESS + word, prefix.mask(word)).jumpUnlessEqual(prefix.value(word), different);
            }
        }
        code.jump(match).place(different);
    }

    private BpfAssembler loadMasked(int word, int mask) {
        code.load(word);
        return mask == -1 ? code : code.and(mask);
    }

    private void toSource(int tuple, int address, Label whenMissing) {
        code.loadNumber(ATTRIBUTES).findAttribute(tuple, whenMissing).findNested(FlowAttribute.TUPLE_IP, whenMissing)
            .findNested(address, whenMissing).toIndex();
    }

    /** Tests the state of TCP flows; an event of another protocol, or without a state, passes. */
    public EventProgram tcpStates(int[] states, Matching matching) {
        Test test = new Test(matching);
        loadProtocol(test.passed);
        code.jumpUnlessEqual(IpProtocol.TCP, test.passed)
            .loadNumber(ATTRIBUTES).findAttribute(FlowAttribute.PROTOINFO, test.passed)
            .findNested(FlowAttribute.PROTOINFO_TCP, test.passed)
            .findNested(FlowAttribute.PROTOINFO_STATE, test.passed).toIndex().loadByteBehindIndex(VALUE)
            .jumpIfAnyOf(states, test.match);
        test.end();
        return this;
    }

    /**
     * Ends the program.
     *
     * @return its instructions, possibly more than the kernel takes ({@link BpfInstruction#MAX_INSTRUCTIONS})
     */
    public BpfInstruction[] end() {
        return code.place(pass).end(PASS).place(drop).end(DROP).assemble();
    }

    /** One of the tests: where to go, and at its end on to the next one. */
    private final class Test {
        private final Matching matching;
        private final Label match = new Label();
        private final Label noMatch = new Label();
        private final Label passed = new Label();

        Test(Matching matching) {
            this.matching = matching;
        }

        void end() {
            code.place(noMatch);
            if (matching == Matching.PASSES) {
                code.jump(drop).place(match);
            } else {
                code.jump(passed).place(match).jump(drop);
            }
            code.place(passed);
        }
    }
}
