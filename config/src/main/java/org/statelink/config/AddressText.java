/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Reads addresses as the C library does, never asking a name server. */
final class AddressText {
    private AddressText() {
    }

    /** The IPv4 address in dotted-quad notation, where a leading zero means octal; null if it is none. */
    static Inet4Address ipv4(String text) {
        byte[] bytes = new byte[4];
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        for (int i = 0; i < 4; i++) {
            int value = octet(parts[i]);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return (Inet4Address) ofBytes(bytes);
    }

    /** The IPv6 address; null if it is none. Stays IPv6 also where it maps an IPv4 address. */
    static Inet6Address ipv6(String text) {
        int gap = text.indexOf("::");
        byte[] bytes = new byte[16];
        if (gap < 0) {
            return groups(text, bytes) == 8 ? inet6(bytes) : null;
        }
        byte[] tail = new byte[16];
        String behind = text.substring(gap + 2);
        int before = gap == 0 ? 0 : groups(text.substring(0, gap), bytes);
        int after = behind.isEmpty() ? 0 : groups(behind, tail);
        if (before < 0 || after < 0 || before + after > 7) {
            return null;
        }
        System.arraycopy(tail, 0, bytes, 16 - 2 * after, 2 * after);
        return inet6(bytes);
    }

    /** An address of either family without a zone; null if it is none. */
    static InetAddress any(String text) {
        InetAddress address = ipv4(text);
        return address != null ? address : ipv6(text);
    }

    /** The shortest way to write it (RFC 5952), without a zone. */
    static String format(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int gap = 8;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(bytes, end) == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                gap = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(group(bytes, i)));
            }
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }

    private static int octet(String text) {
        boolean octal = text.length() > 1 && text.charAt(0) == '0';
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > (octal ? 7 : 9)) {
                return -1;
            }
            value = value * (octal ? 8 : 10) + digit;
            if (value > 255) {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : value;
    }

    /** Writes groups of hexadecimal digits to the front of {@code into}; their number, or -1 if they are none. */
    private static int groups(String text, byte[] into) {
        String[] parts = text.split(":", -1);
        if (parts.length > 8) {
            return -1;
        }
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 4) {
                return -1;
            }
            int value = 0;
            for (int j = 0; j < parts[i].length(); j++) {
                int digit = Character.digit(parts[i].charAt(j), 16);
                if (digit < 0) {
                    return -1;
                }
                value = value * 16 + digit;
            }
            into[2 * i] = (byte) (value >> 8);
            into[2 * i + 1] = (byte) value;
        }
        return parts.length;
    }

    private static Inet6Address inet6(byte[] bytes) {
        try {
            return Inet6Address.getByAddress(null, Arrays.copyOf(bytes, 16), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 bytes are an address", e);
        }
    }
}
