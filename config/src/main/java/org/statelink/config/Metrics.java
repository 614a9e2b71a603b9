/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Metrics and health over HTTP, which conntrackd does not have.
 *
 * @param listen where to listen; default nowhere
 */
public record Metrics(Optional<InetSocketAddress> listen) {
    /** The default. */
    public static final Metrics OFF = new Metrics(Optional.empty());
    /**
     * Says in the environment where to listen: a HOCON file's {@code metrics.listen} is overridden by it as every
     * option is by its variable, and for a classic file it is the one way to say so.
     */
    public static final String VARIABLE = "STATELINK_METRICS_LISTEN";

    private static final int LARGEST_PORT = 65535;
    private static final int PORT_DIGITS = 5;

    /** Checks that nothing is missing. */
    public Metrics {
        Objects.requireNonNull(listen, "listen");
    }

    /** Metrics there. */
    public static Metrics at(InetSocketAddress address) {
        return new Metrics(Optional.of(address));
    }

    /** Reads {@code 127.0.0.1:9466} or {@code [::1]:9466}; null if it is none of these. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return null;
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 1;
        InetAddress address =
            bracketed ? AddressText.ipv6(host.substring(1, host.length() - 1)) : AddressText.ipv4(host);
        int port = port(text.substring(colon + 1));
        return address == null || port < 0 ? null : new InetSocketAddress(address, port);
    }

    private static int port(String text) {
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!ClassicLexer.isDigit(text.charAt(i)) || i == PORT_DIGITS) {
                return -1;
            }
            port = 10 * port + text.charAt(i) - '0';
        }
        return port >= 1 && port <= LARGEST_PORT ? port : -1;
    }

    /** The way in which {@link #address} reads it. */
    public static String format(InetSocketAddress address) {
        String host = AddressText.format(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
