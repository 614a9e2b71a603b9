/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.netlink.ExpectationDecoder;
import org.statelink.conntrack.netlink.ExpectationMessageType;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;

/** Understands requests about expectations. Called with the double's lock held; methods return an errno, or 0. */
final class ExpectationRequests {
    private final KernelDouble kernel;
    private final KernelTable flows;
    private final ExpectationTable table;
    private final ExpectationDecoder decoder = new ExpectationDecoder();
    private final Expectation request = new Expectation();
    private final Conntrack masterKey = new Conntrack();

    ExpectationRequests(KernelDouble kernel, KernelTable flows, ExpectationTable table) {
        this.kernel = kernel;
        this.flows = flows;
        this.table = table;
    }

    int handle(NetlinkMessage message, MemoryNetlinkChannel channel) {
        if (!decoder.decode(message, request)) {
            return Errno.ERANGE;
        }
        return switch (message.type()) {
            case ExpectationMessageType.NEW -> change(message, channel.localAddress().portId());
            case ExpectationMessageType.GET -> get(message, channel);
            default -> delete(channel.localAddress().portId());
        };
    }

    private int change(NetlinkMessage message, int portId) {
        if (!request.expected().isSet() || !request.mask().isSet() || !request.master().isSet()) {
            return Errno.EINVAL;
        }
        KernelExpectation known = table.find(request);
        if (known != null) {
            return message.hasFlag(NetlinkFlags.EXCL) ? Errno.EEXIST : update(known);
        }
        return message.hasFlag(NetlinkFlags.CREATE) ? create(request, portId) : Errno.ENOENT;
    }

    private int update(KernelExpectation known) {
        if (request.has(ExpectationField.TIMEOUT)) {
            known.setTimeout(request.timeout(), kernel.now());
        }
        return 0;
    }

    /** Creates an expectation, as a helper does, too; its oldest rival makes room where there is none. */
    int create(Expectation expectation, int portId) {
        masterKey.clear();
        masterKey.original().set(expectation.master());
        if (expectation.has(ExpectationField.ZONE)) {
            masterKey.setZone(expectation.zone());
        }
        KernelEntry master = flows.find(masterKey);
        if (master == null) {
            return Errno.ENOENT;
        }
        int errno = table.check(expectation, master);
        if (errno == 0) {
            KernelExpectation displaced = table.displacedBy(expectation, master);
            if (displaced != null) {
                kernel.remove(displaced, 0);
            }
            kernel.created(table.insert(expectation, master, kernel.now()), portId);
        }
        return errno;
    }

    private int get(NetlinkMessage message, MemoryNetlinkChannel channel) {
        KernelExpectation known = request.expected().isSet() ? table.find(request) : null;
        if (known == null) {
            return request.expected().isSet() ? Errno.ENOENT : Errno.EINVAL;
        }
        known.refresh(kernel.now());
        ByteBuf out = channel.alloc().buffer(512);
        KernelMessages.expectation(out, NetlinkFlags.MULTI, message.sequence(), channel.localAddress().portId(),
            known.expectation);
        kernel.send(channel, out);
        return 0;
    }

    private int delete(int portId) {
        if (request.expected().isSet()) {
            KernelExpectation known = table.find(request);
            if (known == null) {
                return Errno.ENOENT;
            }
            kernel.remove(known, portId);
            return 0;
        }
        String helper = request.has(ExpectationField.HELPER) ? request.helper().toString() : null;
        for (KernelExpectation entry : table.snapshot()) {
            if (helper == null || helper.equals(entry.expectation.helper().toString())) {
                kernel.remove(entry, portId);
            }
        }
        return 0;
    }

    /** A dump of what the request selects: a family, or all. */
    KernelDump dump(NetlinkMessage message) {
        int family = message.buffer().getUnsignedByte(message.payloadIndex());
        int sequence = message.sequence();
        return new KernelDump(sequence, 0, table.snapshot().stream()
            .filter(entry -> family == 0 || family == entry.expectation.family())
            .map(entry -> (KernelDump.Item) (out, flags, portId) -> {
                entry.refresh(kernel.now());
                KernelMessages.expectation(out, flags, sequence, portId, entry.expectation);
            }).iterator());
    }
}
