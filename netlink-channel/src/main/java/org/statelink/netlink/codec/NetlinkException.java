/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import java.io.IOException;

/** What the kernel answered to a request that it refused. */
public final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;
    private final String kernelText;
    private final int offset;

    /**
     * An answer.
     *
     * @param errno positive; see {@link Errno}
     * @param kernelText text of the extended acknowledgement, empty for none
     * @param offset where in the request the offending attribute lies, -1 for unknown
     */
    public NetlinkException(int errno, String kernelText, int offset) {
        super(describe(errno, kernelText, offset));
        this.errno = errno;
        this.kernelText = kernelText;
        this.offset = offset;
    }

    private static String describe(int errno, String kernelText, int offset) {
        return Errno.text(errno) + " (" + Errno.name(errno) + ')' + (kernelText.isEmpty() ? "" : ": " + kernelText)
            + (offset < 0 ? "" : " at offset " + offset);
    }

    /** Positive error number; see {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** Text of the extended acknowledgement; empty for none. */
    public String kernelText() {
        return kernelText;
    }

    /** Where in the request the offending attribute lies; -1 for unknown. */
    public int offset() {
        return offset;
    }
}
