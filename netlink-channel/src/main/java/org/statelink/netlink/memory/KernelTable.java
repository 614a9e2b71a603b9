/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.ProtocolInfo;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.codec.Errno;

/** The table of the double and the rules by which requests change it. Methods return a positive errno, or 0. */
final class KernelTable {
    private static final int WINDOW_SCALE = 0x1;
    private static final int LABEL_WORDS = 4;
    private static final int FIXED = Status.EXPECTED | Status.CONFIRMED | Status.DYING;
    private static final int NEVER_CLEARED = Status.SEEN_REPLY | Status.ASSURED;
    private static final int IGNORED = FIXED | Status.SRC_NAT | Status.DST_NAT | Status.SRC_NAT_DONE
        | Status.DST_NAT_DONE | Status.SEQ_ADJUST | Status.TEMPLATE | Status.UNTRACKED | Status.HELPER
        | Status.OFFLOAD | Status.HW_OFFLOAD;

    private final Map<Tuple, KernelEntry> index = new HashMap<>();
    private final LinkedHashSet<KernelEntry> entries = new LinkedHashSet<>();
    private int nextId = 0x1000;
    private int limit = Integer.MAX_VALUE;
    private boolean labelsSupported = true;
    private Set<String> helpers = Set.of("ftp", "sip", "tftp", "irc", "pptp", "h323", "amanda", "snmp", "sane");

    void setLimit(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    void setLabelsSupported(boolean supported) {
        labelsSupported = supported;
    }

    void setHelpers(Set<String> names) {
        helpers = Set.copyOf(names);
    }

    int size() {
        return entries.size();
    }

    List<KernelEntry> snapshot() {
        return new ArrayList<>(entries);
    }

    /** The entry that the request names by its original tuple, or else by its reply tuple; null for none. */
    KernelEntry find(Conntrack request) {
        Tuple tuple = request.original().isSet() ? request.original() : request.reply();
        return index.get(KernelEntry.key(tuple, request));
    }

    int create(Conntrack request, long now, KernelEntry entry) {
        if (!request.original().isSet() || !request.reply().isSet() || !request.has(Field.TIMEOUT)
            || request.original().protocol() != request.reply().protocol()) {
            return Errno.EINVAL;
        }
        if (entries.size() >= limit) {
            return Errno.ENOMEM;
        }
        Conntrack flow = entry.flow;
        flow.original().set(request.original());
        flow.reply().set(request.reply());
        if (request.has(Field.ZONE) && request.zone() != 0) {
            flow.setZone(request.zone());
        }
        flow.setStatus(Status.CONFIRMED);
        flow.setMark(0);
        flow.synproxy().set(0, 0, 0);
        flow.mark(Field.SYNPROXY);
        entry.setTimeout(request.timeout(), now);
        int errno = setUp(entry, request);
        return errno == 0 ? insert(entry) : errno;
    }

    private int setUp(KernelEntry entry, Conntrack request) {
        if (request.has(Field.HELPER) && !helpers.contains(request.helper().toString())) {
            return Errno.EOPNOTSUPP;
        }
        translate(entry.flow, request);
        int errno = takeStatus(entry.flow, request);
        errno = errno == 0 ? takeProtocol(entry.flow, request, true) : errno;
        errno = errno == 0 ? takeMaster(entry.flow, request) : errno;
        errno = errno == 0 ? takeLabels(entry.flow, request) : errno;
        if (errno == 0 && request.has(Field.HELPER)) {
            entry.flow.helper().set(request.helper().toString());
            entry.flow.mark(Field.HELPER);
            entry.flow.setStatus(entry.flow.status() | Status.HELPER);
        }
        takeRest(entry.flow, request);
        return errno;
    }

    /** The kernel makes the reply tuple itself where the request names a translation. */
    private static void translate(Conntrack flow, Conntrack request) {
        boolean source = request.has(Field.SNAT_ADDRESS) || request.has(Field.SNAT_PORT);
        boolean destination = request.has(Field.DNAT_ADDRESS) || request.has(Field.DNAT_PORT);
        if (!source && !destination) {
            return;
        }
        NatMapping.toReply(request);
        flow.reply().set(request.reply());
        Tuple original = flow.original();
        Tuple reply = flow.reply();
        int status = Status.SRC_NAT_DONE | Status.DST_NAT_DONE;
        status |= sourceDiffers(original, reply) ? Status.SRC_NAT : 0;
        status |= destinationDiffers(original, reply) ? Status.DST_NAT : 0;
        flow.setStatus(flow.status() | status);
    }

    private static boolean sourceDiffers(Tuple original, Tuple reply) {
        return original.sourceHigh() != reply.destinationHigh() || original.sourceLow() != reply.destinationLow()
            || original.sourcePort() != reply.destinationPort();
    }

    private static boolean destinationDiffers(Tuple original, Tuple reply) {
        return original.destinationHigh() != reply.sourceHigh() || original.destinationLow() != reply.sourceLow()
            || original.destinationPort() != reply.sourcePort();
    }

    private static int takeStatus(Conntrack flow, Conntrack request) {
        if (!request.has(Field.STATUS)) {
            return 0;
        }
        int old = flow.status();
        int wanted = request.status();
        if (((old ^ wanted) & FIXED) != 0 || (old & ~wanted & NEVER_CLEARED) != 0) {
            return Errno.EBUSY;
        }
        flow.setStatus(old & IGNORED | wanted & ~IGNORED);
        return 0;
    }

    private static int takeProtocol(Conntrack flow, Conntrack request, boolean created) {
        ProtocolInfo into = flow.protocol();
        if (flow.original().protocol() == IpProtocol.TCP) {
            if (created) {
                startTcp(flow, into);
            }
            takeTcp(flow, request);
        } else if (flow.original().protocol() == IpProtocol.SCTP) {
            boolean state = request.has(Field.PROTOCOL_STATE);
            if (state != request.has(Field.SCTP_VTAG)) {
                return Errno.EINVAL;
            }
            if (state || created) {
                into.setState(state ? request.protocol().state() : 0);
                into.setVtags(state ? request.protocol().vtagOriginal() : 0,
                    state ? request.protocol().vtagReply() : 0);
                flow.mark(Field.PROTOCOL_STATE);
                flow.mark(Field.SCTP_VTAG);
            }
        }
        return 0;
    }

    private static void startTcp(Conntrack flow, ProtocolInfo into) {
        into.setState(0);
        into.setWindowScales(0, 0);
        into.setFlagsOriginal(0, 0);
        into.setFlagsReply(0, 0);
        flow.mark(Field.PROTOCOL_STATE);
        flow.mark(Field.TCP_WINDOW_SCALE);
        flow.mark(Field.TCP_FLAGS);
    }

    private static void takeTcp(Conntrack flow, Conntrack request) {
        ProtocolInfo into = flow.protocol();
        ProtocolInfo from = request.protocol();
        if (request.has(Field.PROTOCOL_STATE)) {
            into.setState(from.state());
        }
        if (request.has(Field.TCP_FLAGS)) {
            int original = masked(into.flagsOriginal(), from.flagsOriginal(), from.flagsMaskOriginal());
            int reply = masked(into.flagsReply(), from.flagsReply(), from.flagsMaskReply());
            into.setFlagsOriginal(original, original);
            into.setFlagsReply(reply, reply);
        }
        if (request.has(Field.TCP_WINDOW_SCALE) && request.has(Field.TCP_FLAGS)
            && (into.flagsOriginal() & into.flagsReply() & WINDOW_SCALE) != 0) {
            into.setWindowScales(from.windowScaleOriginal(), from.windowScaleReply());
        }
    }

    private static int masked(int old, int flags, int mask) {
        return old & ~mask | flags & mask;
    }

    private int takeMaster(Conntrack flow, Conntrack request) {
        if (!request.master().isSet()) {
            return 0;
        }
        KernelEntry master = index.get(KernelEntry.key(request.master(), request));
        if (master == null) {
            return Errno.ENOENT;
        }
        flow.master().set(master.flow.original());
        flow.setStatus(flow.status() | Status.EXPECTED);
        return 0;
    }

    private int takeLabels(Conntrack flow, Conntrack request) {
        if (!request.has(Field.LABELS)) {
            return 0;
        }
        if (!labelsSupported) {
            return Errno.ENOSPC;
        }
        flow.labels().clear(LABEL_WORDS);
        for (int i = 0; i < Math.min(LABEL_WORDS, request.labels().length()); i++) {
            flow.labels().setWord(i, request.labels().word(i));
        }
        flow.mark(Field.LABELS);
        return 0;
    }

    private static void takeRest(Conntrack flow, Conntrack request) {
        if (request.has(Field.MARK)) {
            flow.setMark(request.mark());
        }
        if (request.has(Field.SYNPROXY)) {
            flow.synproxy().set(request.synproxy().isn(), request.synproxy().its(), request.synproxy().tsoff());
        }
        if (request.has(Field.SEQUENCE_ADJUSTMENT)) {
            takeAdjustment(flow, request);
            flow.setStatus(flow.status() | Status.SEQ_ADJUST);
        }
    }

    private static void takeAdjustment(Conntrack flow, Conntrack request) {
        flow.adjustOriginal().set(request.adjustOriginal().correctionPosition(),
            request.adjustOriginal().offsetBefore(), request.adjustOriginal().offsetAfter());
        flow.adjustReply().set(request.adjustReply().correctionPosition(),
            request.adjustReply().offsetBefore(), request.adjustReply().offsetAfter());
        flow.mark(Field.SEQUENCE_ADJUSTMENT);
    }

    int insert(KernelEntry entry) {
        Tuple original = entry.originalKey();
        Tuple reply = entry.replyKey();
        if (index.containsKey(original) || index.containsKey(reply)) {
            return Errno.EEXIST;
        }
        entry.flow.setId(nextId++);
        entry.flow.setUse(1);
        index.put(original, entry);
        index.put(reply, entry);
        entries.add(entry);
        return 0;
    }

    /** Changes an entry in the kernel's order; what was done before an error stays done. */
    int update(KernelEntry entry, Conntrack request, long now) {
        Conntrack flow = entry.flow;
        if (request.has(Field.SNAT_ADDRESS) || request.has(Field.DNAT_ADDRESS) || request.has(Field.SNAT_PORT)
            || request.has(Field.DNAT_PORT) || request.master().isSet()) {
            return Errno.EOPNOTSUPP;
        }
        if (request.has(Field.HELPER) && !flow.has(Field.HELPER)) {
            return Errno.EOPNOTSUPP;
        }
        if (request.has(Field.HELPER) && !flow.helper().toString().equals(request.helper().toString())) {
            return Errno.EBUSY;
        }
        if (request.has(Field.TIMEOUT)) {
            entry.setTimeout(request.timeout(), now);
        }
        int errno = takeStatus(flow, request);
        errno = errno == 0 ? takeProtocol(flow, request, false) : errno;
        if (errno == 0) {
            takeRest(flow, request);
            errno = takeLabels(flow, request);
        }
        return errno;
    }

    void remove(KernelEntry entry) {
        entry.dead = true;
        index.remove(entry.originalKey());
        index.remove(entry.replyKey());
        entries.remove(entry);
        entry.flow.setStatus(entry.flow.status() | Status.DYING);
    }
}
