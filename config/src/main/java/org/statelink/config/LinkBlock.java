/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Reads one dedicated link of any transport. */
final class LinkBlock implements Block {
    static final String TOO_MANY = "too many dedicated links in the configuration file (Maximum: 4)";

    private static final String IPV4_IN_IPV6 =
        "your multicast address is IPv4 but is binded to an IPv6 interface? Surely, this is not what you want";
    private static final String IPV6_IN_IPV4 =
        "your multicast address is IPv6 but is binded to an IPv4 interface? Surely this is not what you want";

    private final ClassicCursor cursor;
    private final Environment environment;
    private final LinkConfig.Transport transport;
    private final boolean preferred;
    private final boolean tooMany;
    private boolean reportedTooMany;
    private Optional<String> interfaceName = Optional.empty();
    private Optional<InetAddress> address = Optional.empty();
    private Optional<InetAddress> destination = Optional.empty();
    private Optional<Inet4Address> interfaceAddress = Optional.empty();
    private int port;
    private int sendBuffer;
    private int receiveBuffer;
    private int errorQueueLength;
    private boolean checksum = true;
    /** The family that the first address of a multicast link has set: 4 or 6, 0 for none yet. */
    private int family;

    LinkBlock(ClassicCursor cursor, Environment environment, LinkConfig.Transport transport, boolean preferred,
            boolean tooMany) {
        this.cursor = cursor;
        this.environment = environment;
        this.transport = transport;
        this.preferred = preferred;
        this.tooMany = tooMany;
    }

    LinkConfig build() {
        return switch (transport) {
            case MULTICAST -> new MulticastLink(preferred, interfaceName, address, interfaceAddress, port, sendBuffer,
                receiveBuffer, checksum);
            case UDP -> new UdpLink(preferred, interfaceName, address, destination, port, sendBuffer, receiveBuffer,
                checksum);
            case TCP -> new TcpLink(preferred, interfaceName, address, destination, port, sendBuffer, receiveBuffer,
                checksum);
        };
    }

    LinkConfig.Transport transport() {
        return transport;
    }

    boolean reportedTooMany() {
        return reportedTooMany;
    }

    /** The length of the error queue that was set here, else {@code other}. */
    int errorQueueLength(int other) {
        return errorQueueLength == 0 ? other : errorQueueLength;
    }

    @Override
    public String title() {
        return transport.keyword();
    }

    @Override
    public List<String> words() {
        return switch (transport) {
            case MULTICAST -> Words.MULTICAST;
            case UDP -> Words.UDP;
            case TCP -> Words.TCP;
        };
    }

    @Override
    public void entry(Token key) throws Unwound {
        String word = key.text();
        switch (word) {
            case "IPv4_address", "IPv6_address" -> address(key);
            case "IPv4_Destination_Address", "IPv6_Destination_Address" -> {
                Optional<InetAddress> read = read(key);
                destination = read.isPresent() ? read : destination;
            }
            case "IPv4_interface" -> interfaceAddress(key);
            case "IPv6_interface" -> {
                cursor.address(word);
                cursor.findings().warning(key, "`IPv6_interface' not required, ignoring");
            }
            case "Interface" -> interfaceName();
            case "Group", "Port" -> port(word);
            case "SndSocketBuffer" -> sendBuffer = cursor.number(word);
            case "RcvSocketBuffer" -> receiveBuffer = cursor.number(word);
            case "Checksum" -> checksum = cursor.bool(word);
            default -> errorQueueLength = cursor.numberOr(Sync.DEFAULT_ERROR_QUEUE_LENGTH, word);
        }
        if (tooMany && !reportedTooMany && !word.equals("IPv6_interface")) {
            reportedTooMany = true;
            cursor.findings().error(key, TOO_MANY);
        }
    }

    private void interfaceName() throws Unwound {
        Token name = cursor.interfaceName();
        if (!environment.hasInterface(name.text())) {
            cursor.findings().warning(name, name.text() + " is an invalid interface");
        }
        interfaceName = Optional.of(name.text());
    }

    private void port(String word) throws Unwound {
        Token written = cursor.peek();
        port = cursor.number(word);
        if (port > 65535) {
            cursor.findings().deviate(Deviation.LARGE_NUMBER);
            port &= 0xffff;
            cursor.findings().warning(written, "port beyond 65535, taken as " + port);
        }
    }

    private void address(Token key) throws Unwound {
        Optional<InetAddress> read = read(key);
        if (read.isEmpty()) {
            return;
        }
        int its = read.get() instanceof Inet4Address ? 4 : 6;
        if (transport == LinkConfig.Transport.MULTICAST && family != 0 && family != its) {
            cursor.findings().warning(key, its == 4 ? IPV4_IN_IPV6 : IPV6_IN_IPV4);
            return;
        }
        family = its;
        address = read;
    }

    private void interfaceAddress(Token key) throws Unwound {
        Optional<InetAddress> read = read(key);
        if (read.isEmpty()) {
            return;
        }
        if (family == 6) {
            cursor.findings().warning(key, "your multicast interface is IPv4 but is binded to an IPv6 interface? "
                + "Surely, this is not what you want");
            return;
        }
        family = 4;
        interfaceAddress = Optional.of((Inet4Address) read.get());
    }

    private Optional<InetAddress> read(Token key) throws Unwound {
        Token written = cursor.address(key.text());
        boolean ipv6 = key.text().startsWith("IPv6");
        InetAddress read = ipv6 ? AddressText.ipv6(written.text()) : AddressText.ipv4(written.text());
        if (read == null) {
            cursor.findings().warning(written, written.text() + " is not a valid " + (ipv6 ? "IPv6" : "IPv4")
                + " address");
        }
        return Optional.ofNullable(read);
    }
}
