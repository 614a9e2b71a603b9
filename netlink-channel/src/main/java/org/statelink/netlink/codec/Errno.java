/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

/** The error numbers that netlink answers with, as positive integers; others pass through as numbers. */
public final class Errno {
    /** No privilege over the network namespace. */
    public static final int EPERM = 1;
    /** No such entry, or no such master. */
    public static final int ENOENT = 2;
    /** Interrupted; for a dump, the table changed under it. */
    public static final int EINTR = 4;
    /** Try again. */
    public static final int EAGAIN = 11;
    /** The table is full, or no memory. */
    public static final int ENOMEM = 12;
    /** Status bits that cannot be so, or a dump runs already. */
    public static final int EBUSY = 16;
    /** The entry exists. */
    public static final int EEXIST = 17;
    /** A mandatory attribute is missing, or one makes no sense. */
    public static final int EINVAL = 22;
    /** No room for labels. */
    public static final int ENOSPC = 28;
    /** An attribute is of the wrong size. */
    public static final int ERANGE = 34;
    /** Larger than the socket's send buffer. */
    public static final int EMSGSIZE = 90;
    /** Not supported: unknown helper, or an attribute that cannot be changed. */
    public static final int EOPNOTSUPP = 95;
    /** Answers were lost: the receive buffer overran. */
    public static final int ENOBUFS = 105;
    /** The socket is closed. */
    public static final int ENOTCONN = 107;

    private Errno() {
    }

    /** Name of the constant, such as {@code EEXIST}; {@code errno 999} for others. */
    public static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EBUSY -> "EBUSY";
            case EEXIST -> "EEXIST";
            case EINVAL -> "EINVAL";
            case ENOSPC -> "ENOSPC";
            case ERANGE -> "ERANGE";
            case EMSGSIZE -> "EMSGSIZE";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case ENOBUFS -> "ENOBUFS";
            case ENOTCONN -> "ENOTCONN";
            default -> "errno " + errno;
        };
    }

    /** The sentence of {@code strerror(3)}. */
    public static String text(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted";
            case ENOENT -> "No such file or directory";
            case EINTR -> "Interrupted system call";
            case EAGAIN -> "Resource temporarily unavailable";
            case ENOMEM -> "Cannot allocate memory";
            case EBUSY -> "Device or resource busy";
            case EEXIST -> "File exists";
            case EINVAL -> "Invalid argument";
            case ENOSPC -> "No space left on device";
            case ERANGE -> "Numerical result out of range";
            case EMSGSIZE -> "Message too long";
            case EOPNOTSUPP -> "Operation not supported";
            case ENOBUFS -> "No buffer space available";
            case ENOTCONN -> "Transport endpoint is not connected";
            default -> "Unknown error " + errno;
        };
    }
}
