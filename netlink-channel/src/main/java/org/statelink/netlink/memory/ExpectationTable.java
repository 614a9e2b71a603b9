/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.codec.Errno;

/** The expectations of the double and the rules by which requests change them. */
final class ExpectationTable {
    private static final Set<String> FUNCTIONS = Set.of("nat-follow-master", "sip", "callforwarding", "ras", "q931");
    private static final int FULL_PORT = 0xffff;

    private final LinkedHashSet<KernelExpectation> entries = new LinkedHashSet<>();
    private int nextId = 0x2000;

    List<KernelExpectation> snapshot() {
        return new ArrayList<>(entries);
    }

    /** The expectation that the request names by expected tuple, zone and id, if it has one; null for none. */
    KernelExpectation find(Expectation request) {
        for (KernelExpectation entry : entries) {
            if (entry.expectation.expected().equals(request.expected()) && zone(entry) == request.zone()
                && (!request.has(ExpectationField.ID) || request.id() == entry.expectation.id())) {
                return entry;
            }
        }
        return null;
    }

    private static int zone(KernelExpectation entry) {
        Conntrack master = entry.master.flow;
        return master.has(Field.ZONE) ? master.zone() : 0;
    }

    /** Whether the kernel takes the request of a master that is there: a positive errno, or 0. */
    int check(Expectation request, KernelEntry master) {
        if (!master.flow.has(Field.HELPER)) {
            return Errno.EOPNOTSUPP;
        }
        boolean knownClass = request.policyClass() < policies(master).size();
        boolean knownFunction = !request.has(ExpectationField.FUNCTION)
            || FUNCTIONS.contains(request.function().toString());
        return knownClass && knownFunction ? 0 : Errno.EINVAL;
    }

    private static List<ExpectationPolicy> policies(KernelEntry master) {
        return ExpectationPolicy.of(master.flow.helper().toString());
    }

    /** The oldest expectation that a further one like the request pushes out; null where there is room. */
    KernelExpectation displacedBy(Expectation request, KernelEntry master) {
        List<KernelExpectation> rivals = ofMaster(master);
        rivals.removeIf(rival -> rival.expectation.policyClass() != request.policyClass());
        boolean full = rivals.size() >= policies(master).get(request.policyClass()).max();
        return full ? rivals.getFirst() : null;
    }

    KernelExpectation insert(Expectation request, KernelEntry master, long now) {
        KernelExpectation entry = new KernelExpectation(master);
        Expectation expectation = entry.expectation;
        expectation.set(request);
        expectation.forget(ExpectationField.ZONE);
        fillMask(expectation);
        expectation.setId(nextId++);
        expectation.setFlags(request.flags() & ~Expectation.USERSPACE);
        expectation.setPolicyClass(request.policyClass());
        expectation.helper().set(master.flow.helper().toString());
        expectation.mark(ExpectationField.HELPER);
        entry.setTimeout(policies(master).get(request.policyClass()).seconds(), now);
        entries.add(entry);
        return entry;
    }

    /** The kernel keeps the source's mask only: the destination and the protocol always count. */
    private static void fillMask(Expectation expectation) {
        Tuple mask = expectation.mask();
        if (mask.family() == Tuple.IPV4) {
            mask.setIpv4Destination(~0);
        } else {
            mask.setIpv6Destination(~0L, ~0L);
        }
        mask.setProtocol(expectation.expected().protocol());
        mask.setPorts(mask.sourcePort(), FULL_PORT);
    }

    /** What waits for a flow like this one; null for none. */
    KernelExpectation matching(Conntrack flow) {
        int zone = flow.has(Field.ZONE) ? flow.zone() : 0;
        for (KernelExpectation entry : entries) {
            boolean active = (entry.expectation.flags() & Expectation.INACTIVE) == 0;
            if (active && zone(entry) == zone && matches(flow.original(), entry.expectation)) {
                return entry;
            }
        }
        return null;
    }

    private static boolean matches(Tuple tuple, Expectation expectation) {
        Tuple wanted = expectation.expected();
        Tuple mask = expectation.mask();
        return tuple.family() == wanted.family() && tuple.protocol() == wanted.protocol()
            && ((tuple.sourceHigh() ^ wanted.sourceHigh()) & mask.sourceHigh()) == 0
            && ((tuple.sourceLow() ^ wanted.sourceLow()) & mask.sourceLow()) == 0
            && ((tuple.sourcePort() ^ wanted.sourcePort()) & mask.sourcePort()) == 0
            && tuple.destinationHigh() == wanted.destinationHigh()
            && tuple.destinationLow() == wanted.destinationLow()
            && tuple.destinationPort() == wanted.destinationPort();
    }

    /** What a master expects, the oldest first. */
    List<KernelExpectation> ofMaster(KernelEntry master) {
        List<KernelExpectation> found = snapshot();
        found.removeIf(entry -> entry.master != master);
        return found;
    }

    void remove(KernelExpectation entry) {
        entries.remove(entry);
    }
}
