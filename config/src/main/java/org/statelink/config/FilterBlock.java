/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code Filter { }}; what several such blocks say accumulates. */
final class FilterBlock implements Block, NameList {
    private final ClassicCursor cursor;
    private final Environment environment;
    private final Set<Network> networks = new LinkedHashSet<>();
    private final TreeSet<Integer> protocols = new TreeSet<>();
    private final Set<TcpState> states = EnumSet.noneOf(TcpState.class);
    private Filter.Place place = Filter.Place.USERSPACE;
    private Filter.Action protocolAction;
    private Filter.Action addressAction;
    private Filter.Action stateAction;

    FilterBlock(ClassicCursor cursor, Environment environment) {
        this.cursor = cursor;
        this.environment = environment;
    }

    void read() throws Unwound {
        Filter.Place here = Filter.Place.USERSPACE;
        if (cursor.peek().isWord("From")) {
            cursor.take();
            here = cursor.oneOf(Words.PLACES, "the filter's place").equals("Userspace")
                ? Filter.Place.USERSPACE : Filter.Place.KERNELSPACE;
        }
        if (!cursor.peek().is('{')) {
            throw cursor.fail("expected '{' of Filter, not " + cursor.shown(), List.of("From"));
        }
        place = here;
        cursor.block(this);
    }

    Filter build() {
        return new Filter(place,
            protocolAction == null ? Optional.empty() : Optional.of(new ProtocolFilter(protocolAction, protocols)),
            addressAction == null ? Optional.empty()
                : Optional.of(new AddressFilter(addressAction, List.copyOf(networks))),
            stateAction == null ? Optional.empty() : Optional.of(new StateFilter(stateAction, states)));
    }

    @Override
    public String title() {
        return "Filter";
    }

    @Override
    public List<String> words() {
        return Words.FILTER;
    }

    @Override
    public void entry(Token key) throws Unwound {
        Filter.Action action = cursor.oneOf(Words.ACTIONS, "what to do").equals("Accept")
            ? Filter.Action.ACCEPT : Filter.Action.IGNORE;
        switch (key.text()) {
            case "Protocol" -> {
                protocolAction = action;
                NameList.read(cursor, "Protocol", "the name of a protocol", this);
            }
            case "Address" -> {
                addressAction = action;
                cursor.block(new AddressBlock());
            }
            default -> {
                stateAction = action;
                readStates();
            }
        }
    }

    /** Takes the name of a protocol. */
    @Override
    public void name(Token name) {
        int number = environment.protocolNumber(name.text());
        if (number < 0) {
            cursor.findings().warning(name,
                "getprotobyname() cannot find protocol `" + name.text() + "' in /etc/protocols");
        } else {
            protocols.add(number);
        }
    }

    private void readStates() throws Unwound {
        cursor.expect('{', "State");
        while (!cursor.peek().is('}')) {
            while (!cursor.peek().isWord("for")) {
                String name = cursor.oneOf(Words.STATES, "a TCP state or 'for TCP'");
                states.add(name.equals("CLOSED") ? TcpState.CLOSE : TcpState.valueOf(name));
            }
            cursor.take();
            if (!cursor.peek().isWord("TCP")) {
                throw cursor.fail("expected TCP, not " + cursor.shown());
            }
            cursor.take();
        }
        cursor.take();
    }

    private final class AddressBlock implements Block {
        @Override
        public String title() {
            return "Address";
        }

        @Override
        public List<String> words() {
            return Words.ADDRESSES;
        }

        @Override
        public void entry(Token key) throws Unwound {
            Token written = cursor.address(key.text());
            boolean ipv6 = key.text().equals("IPv6_address");
            int slash = written.text().indexOf('/');
            String text = slash < 0 ? written.text() : written.text().substring(0, slash);
            InetAddress address = ipv6 ? AddressText.ipv6(text) : AddressText.ipv4(text);
            if (address == null) {
                cursor.findings().warning(written, text + " is not a valid " + (ipv6 ? "IPv6" : "IPv4") + ", ignoring");
                return;
            }
            int prefix = slash < 0 ? (ipv6 ? 128 : 32) : prefix(written.text().substring(slash + 1));
            if (prefix > (ipv6 ? 128 : 32)) {
                cursor.findings().warning(written, written.text() + " is not a valid network, ignoring");
            } else if (!networks.add(new Network(address, prefix)) && !ipv6 && prefix < 32) {
                cursor.findings().warning(written, "netmask " + text + " is repeated in the ignore pool");
            }
        }

        private static int prefix(String digits) {
            int value = 0;
            for (int i = 0; i < digits.length() && value < 1000; i++) {
                value = value * 10 + digits.charAt(i) - '0';
            }
            return value;
        }
    }
}
