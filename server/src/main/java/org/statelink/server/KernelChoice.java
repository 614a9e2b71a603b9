/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.TcpStates;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.NetlinkProtocol;
import org.statelink.netlink.epoll.EpollNetlinkChannel;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.system.StartException;

/** Which kernel the daemon works on: the real one, or for demonstrations without privilege one in memory. */
final class KernelChoice {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String VARIABLE = "STATELINK_KERNEL";
    private static final Pattern MEMORY = Pattern.compile("memory(?::([0-9]{1,6}))?");
    private static final int FIRST_CLIENT = 0xc6336401;
    private static final int SERVER = 0xcb007101;
    private static final int ESTABLISHED_SECONDS = 432_000;

    private KernelChoice() {
    }

    static NetlinkChannelFactory fromEnvironment() throws StartException {
        return of(System.getenv().getOrDefault(VARIABLE, ""));
    }

    /** {@code ""} for the real kernel, {@code memory} or {@code memory:N} for one in memory that tracks N flows. */
    static NetlinkChannelFactory of(String choice) throws StartException {
        if (choice.isEmpty()) {
            return EpollNetlinkChannel::new;
        }
        Matcher memory = MEMORY.matcher(choice);
        if (!memory.matches()) {
            throw new StartException(VARIABLE + " is `" + choice + "'; only `memory' and `memory:N' have a meaning");
        }
        LOG.warn("{}={}: working on a kernel table in memory, no connection is protected", VARIABLE, choice);
        KernelDouble kernel = inMemory(memory.group(1) == null ? 0 : Integer.parseInt(memory.group(1)));
        // the links are real, and so are the interfaces under them
        return protocol -> protocol == NetlinkProtocol.ROUTE
            ? new EpollNetlinkChannel(protocol) : kernel.newChannel(protocol);
    }

    static KernelDouble inMemory(int flows) {
        KernelDouble kernel = new KernelDouble();
        Conntrack flow = new Conntrack();
        for (int i = 0; i < flows; i++) {
            flow.clear();
            flow.original().setIpv4(FIRST_CLIENT + (i >>> 10), SERVER);
            flow.original().setProtocol(IpProtocol.TCP);
            flow.original().setPorts(1024 + (i & 0x3ff), 443);
            flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
            flow.setTimeout(ESTABLISHED_SECONDS);
            flow.protocol().setState(TcpStates.ESTABLISHED);
            flow.mark(Field.PROTOCOL_STATE);
            kernel.traffic(flow);
        }
        return kernel;
    }
}
