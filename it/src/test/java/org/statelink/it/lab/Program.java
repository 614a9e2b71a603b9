/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.nio.file.Path;

/** A daemon program that a node can run. */
public enum Program {
    /** The one under test: the checkout's, unless the system property statelink.it.conntrackd names another. */
    OURS(System.getProperty("statelink.it.conntrackd", "../bin/conntrackd")),
    /** Debian's conntrackd, the peer and the oracle. */
    REFERENCE("/usr/sbin/conntrackd");

    private final String path;

    Program(String path) {
        this.path = Path.of(path).toAbsolutePath().normalize().toString();
    }

    public String path() {
        return path;
    }

    /** Where it is once installed, as in the image that {@code lab/image} makes. */
    public String installed() {
        return this == OURS ? "/opt/statelink/bin/conntrackd" : path;
    }
}
