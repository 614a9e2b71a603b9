/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/**
 * Where this reader's verdict on a classic file is deliberately another than that of conntrackd 1.4.7. This is the
 * whole list; everything else that it accepts or rejects, conntrackd accepts or rejects too.
 */
public enum Deviation {
    /**
     * Accepted here: a name (of an interface, protocol or helper) that is also a word of the language or that
     * consists of one to four hexadecimal digits, such as {@code TCP}, {@code e0} or {@code cafe}; an interface name
     * that begins with a digit or contains '@' or '+'.
     */
    NAME,
    /** Accepted here: a comment in the last line without a line break behind it. */
    COMMENT_AT_END,
    /** Accepted here: the old mode name {@code persistent} in any case; conntrackd wants a capital T at its end. */
    PERSISTENT,
    /** Read here: a file that begins with a byte order mark. conntrackd takes it for the end of the file. */
    BYTE_ORDER_MARK,
    /** Rejected here: a NUL or non-ASCII byte outside comments and paths. conntrackd may take it for the file's end. */
    FOREIGN_BYTE,
    /** Rejected here: a NUL byte in a path. conntrackd cuts the path there. */
    NUL_IN_PATH,
    /** Limited here, with a warning: a number beyond 2147483647, or a port beyond 65535. conntrackd lets it wrap. */
    LARGE_NUMBER,
    /** Rejected here: more than 50 helper blocks within each other. conntrackd reads them as if side by side. */
    NESTING,
    /** Rejected here: a fifth dedicated link without any content. conntrackd notices only what stands in it. */
    EMPTY_FIFTH_LINK,
    /** Rejected here: a file of more than 16 MiB. conntrackd reads on. */
    FILE_SIZE
}
