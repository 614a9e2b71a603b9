/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.ArrayList;
import java.util.List;

/** A connection that a master's helper announces: from the master's destination, any port, to its source. */
public final class Expected {
    static final int PERMANENT = 1;
    static final int INACTIVE = 2;

    final Flow master;
    final int port;
    int policyClass;
    int flags;
    boolean translated;

    private Expected(Flow master, int port) {
        this.master = master;
        this.port = port;
    }

    private Expected policyClass(int number) {
        policyClass = number;
        return this;
    }

    private Expected flags(int bits) {
        flags = bits;
        return this;
    }

    private Expected translated() {
        translated = true;
        return this;
    }

    /** One of every kind: both families, several helpers and classes, flags, translation. */
    public static List<Expected> ofEveryKind() {
        List<Expected> all = new ArrayList<>();
        all.add(new Expected(tcp("198.51.100.34", 20001, "ftp"), 30001));
        all.add(new Expected(tcp("198.51.100.34", 20002, "ftp"), 30002).flags(PERMANENT));
        all.add(new Expected(tcp("198.51.100.34", 20003, "ftp"), 30003).flags(PERMANENT | INACTIVE));
        all.add(new Expected(tcp("198.51.100.34", 20004, "ftp"), 30004).translated());
        all.add(new Expected(tcp("2001:db8::34", 20005, "ftp"), 30005));
        all.add(new Expected(tcp("2001:db8::34", 20006, "ftp"), 30006).translated());
        Flow sip = Flow.udp("198.51.100.34", 5060, "198.51.100.50", 5060).assured().helper("sip");
        for (int number = 0; number < 3; number++) {
            all.add(new Expected(sip, 7000 + number).policyClass(number));
        }
        return all;
    }

    private static Flow tcp(String source, int port, String helper) {
        String destination = source.contains(":") ? "2001:db8::50" : "198.51.100.50";
        return Flow.tcp(source, port, destination, 21, Flow.TcpState.ESTABLISHED).assured().helper(helper);
    }

    @Override
    public String toString() {
        return "port " + port + " expected by " + master;
    }

    /** The masters, each once. */
    public static List<Flow> mastersOf(List<Expected> all) {
        return all.stream().map(expected -> expected.master).distinct().toList();
    }
}
