/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * When a file gives way to another one, and where it goes: {@code FILE.1} is the youngest of the older ones.
 *
 * @param maxBytes size beyond which it does; 0 for any size
 * @param maxMillis age at which it does; 0 for any age
 * @param keep older files that are kept
 */
record Rotation(long maxBytes, long maxMillis, int keep) {
    /** Leaves files to others. */
    static final Rotation NONE = new Rotation(0, 0, 0);

    /** Whether a file is to give way before so many bytes are added to it. */
    boolean isDue(long bytes, long more, long ageMillis) {
        return bytes > 0 && (maxBytes > 0 && bytes + more > maxBytes || maxMillis > 0 && ageMillis >= maxMillis);
    }

    /** Moves the file and the older ones out of the way; the oldest is deleted. */
    void rotate(Path file) throws IOException {
        if (keep == 0) {
            Files.deleteIfExists(file);
            return;
        }
        for (int number = keep - 1; number > 0; number--) {
            move(older(file, number), older(file, number + 1));
        }
        move(file, older(file, 1));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // there are not that many yet
        }
    }

    private static Path older(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
