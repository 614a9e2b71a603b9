/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A log of finished flows as JSON, an object a line, which the daemon itself rotates. HOCON only.
 *
 * @param file    at most 256 characters; {@code on} means {@link #DEFAULT_FILE}. Older ones have a number at the end,
 *                1 is the youngest of them
 * @param maxSize bytes beyond which another file is begun; 0 (default) for any size
 * @param maxAge  seconds after which another file is begun; 0 (default) for any age
 * @param keep    how many older files are kept; default 5
 */
public record JsonLog(Path file, int maxSize, int maxAge, int keep) {
    /** What {@code file = on} stands for. */
    public static final Path DEFAULT_FILE = Path.of("/var/log/conntrackd-flows.json");
    /** Older files kept unless a configuration says otherwise. */
    public static final int DEFAULT_KEEP = 5;
    /** The most older files. */
    public static final int MOST_KEPT = 1000;

    /** Checks that nothing is missing. */
    public JsonLog {
        Objects.requireNonNull(file, "file");
    }
}
