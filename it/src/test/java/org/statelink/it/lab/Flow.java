/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A connection to be made in a kernel's table, described as a test thinks of it. */
public final class Flow {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int DCCP = 33;
    static final int GRE = 47;
    static final int ICMPV6 = 58;
    static final int SCTP = 132;
    static final int UDPLITE = 136;
    /** A number for experiments, which no kernel knows. */
    static final int UNKNOWN = 253;

    static final int SEEN_REPLY = 2;
    static final int ASSURED = 4;
    static final int CONFIRMED = 8;

    private static final int FIRST_TIMEOUT = 3000;

    final int protocol;
    final InetAddress source;
    final InetAddress destination;
    /** Source port, GRE key, or ICMP identifier. */
    final int sourcePort;
    final int destinationPort;
    int state = -1;
    int status = CONFIRMED;
    int mark;
    int zone;
    int originalZone;
    int replyZone;
    int timeout = FIRST_TIMEOUT;
    int scaleOriginal = -1;
    int scaleReply = -1;
    int vtagOriginal;
    int vtagReply;
    String helper;
    InetAddress sourceNat;
    int sourceNatPort;
    InetAddress destinationNat;
    int destinationNatPort;
    int[] labels;

    private Flow(int protocol, String source, int sourcePort, String destination, int destinationPort) {
        this.protocol = protocol;
        this.source = address(source);
        this.sourcePort = sourcePort;
        this.destination = address(destination);
        this.destinationPort = destinationPort;
    }

    /** A TCP connection in one of the kernel's numbered states. */
    public static Flow tcp(String source, int sourcePort, String destination, int destinationPort, TcpState state) {
        Flow flow = new Flow(TCP, source, sourcePort, destination, destinationPort);
        flow.state = state.ordinal();
        return flow;
    }

    public static Flow udp(String source, int sourcePort, String destination, int destinationPort) {
        return new Flow(UDP, source, sourcePort, destination, destinationPort);
    }

    public static Flow udpLite(String source, int sourcePort, String destination, int destinationPort) {
        return new Flow(UDPLITE, source, sourcePort, destination, destinationPort);
    }

    /** A ping, of the family of its addresses. */
    static Flow echo(String source, String destination, int id) {
        return new Flow(source.contains(":") ? ICMPV6 : ICMP, source, id, destination, 0);
    }

    /** A connection of which the kernel knows no more than the protocol's number. */
    static Flow bare(int protocol, String source, String destination) {
        return new Flow(protocol, source, 0, destination, 0);
    }

    static Flow sctp(String source, int sourcePort, String destination, int destinationPort, int vtag) {
        Flow flow = new Flow(SCTP, source, sourcePort, destination, destinationPort);
        flow.state = 4;
        flow.vtagOriginal = vtag;
        flow.vtagReply = ~vtag;
        return flow;
    }

    public static Flow gre(String source, int sourceKey, String destination, int destinationKey) {
        return new Flow(GRE, source, sourceKey, destination, destinationKey);
    }

    public Flow replied() {
        status |= SEEN_REPLY;
        return this;
    }

    public Flow assured() {
        status |= SEEN_REPLY | ASSURED;
        return this;
    }

    public Flow mark(int value) {
        mark = value;
        return this;
    }

    /** Seconds that it has left. */
    Flow timeout(int seconds) {
        timeout = seconds;
        return this;
    }

    public Flow zone(int value) {
        zone = value;
        return this;
    }

    /** Only what comes from its source is of this zone. */
    public Flow originalZone(int value) {
        originalZone = value;
        return this;
    }

    /** Only what comes from its destination is of this zone. */
    public Flow replyZone(int value) {
        replyZone = value;
        return this;
    }

    public Flow helper(String name) {
        helper = name;
        return this;
    }

    public Flow labels(int... words) {
        labels = words;
        return this;
    }

    public Flow state(TcpState value) {
        state = value.ordinal();
        return this;
    }

    /** The kernel keeps the scales of both directions only with the flag that says so. */
    Flow windowScales(int original, int reply) {
        scaleOriginal = original;
        scaleReply = reply;
        return this;
    }

    /** Its source is translated: what its partner sees. */
    public Flow sourceNat(String address, int port) {
        sourceNat = address(address);
        sourceNatPort = port;
        return this;
    }

    /** Its destination is translated: where it really goes. */
    Flow destinationNat(String address, int port) {
        destinationNat = address(address);
        destinationNatPort = port;
        return this;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    @Override
    public String toString() {
        return "protocol " + protocol + " " + source.getHostAddress() + " > " + destination.getHostAddress() + " "
            + sourcePort + " > " + destinationPort;
    }

    /** The kernel's TCP states, in its numbering. */
    public enum TcpState {
        NONE, SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT, CLOSE, SYN_SENT2
    }
}
