/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/** Range checks of the records. */
final class Limits {
    /** Longest path of a log or lock file, in characters. */
    static final int FILE_PATH = 256;
    /** Longest path of a Unix socket, in bytes: sockaddr_un less the final zero. */
    static final int SOCKET_PATH = 107;
    /** Most dedicated links. */
    static final int LINKS = 4;
    /** Longest helper name that is kept of an expectation filter, in characters. */
    static final int HELPER_NAME = 16;

    private Limits() {
    }

    static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ')');
        }
    }

    static void between(int least, int most, int value, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ')');
        }
    }
}
