/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.unix.Errors;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A dedicated link cannot be opened. The message is one line for the operator. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int EADDRNOTAVAIL = -99;

    /** What is wrong. */
    public enum Reason {
        /** There is no interface of this name. */
        UNKNOWN_INTERFACE,
        /** The interface has no address that would serve. */
        NO_ADDRESS,
        /** No interface of this host has the address. */
        ADDRESS_NOT_ON_HOST,
        /** The options contradict each other, or belong to another transport. */
        BAD_OPTIONS,
        /** There is no transport of this name. */
        UNKNOWN_TRANSPORT,
        /** The kernel refused; the cause tells. */
        SOCKET
    }

    private final Reason reason;

    /** Without a cause. */
    public LinkException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** With a cause. */
    public LinkException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** A socket of what is described could not be opened, connected or bound to the address. */
    public static LinkException ofSocket(String description, InetSocketAddress address, Throwable cause) {
        if (cause instanceof Errors.NativeIoException e && e.expectedErr() == EADDRNOTAVAIL) {
            return new LinkException(Reason.ADDRESS_NOT_ON_HOST,
                "no network interface of this host has the address "
                    + NetUtil.toAddressString(address.getAddress()), cause);
        }
        return new LinkException(Reason.SOCKET, "cannot open " + description + ": " + cause.getMessage(), cause);
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
