/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps a second daemon from starting. It holds the pid, so that one left behind by a daemon that died
 * is recognised and taken over. An empty one, as conntrackd writes it, is never taken over.
 */
public final class LockFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);

    private final Path path;

    private LockFile(Path path) {
        this.path = path;
    }

    /** Takes the lock, or says in conntrackd's words who may hold it. */
    public static LockFile acquire(Path path) throws StartException {
        try {
            if (isStale(path)) {
                LOG.warn("lockfile `{}' was left by a daemon that no longer runs; taking it over", path);
                Files.delete(path);
            }
            write(path);
            return new LockFile(path);
        } catch (FileAlreadyExistsException e) {
            throw new StartException("lockfile `" + path + "' exists, perhaps conntrackd already running?", e);
        } catch (IOException e) {
            throw new StartException("cannot create lockfile `" + path + "': " + e.getMessage(), e);
        }
    }

    private static void write(Path path) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, ProcessHandle.current().pid() + "\n", StandardOpenOption.WRITE);
    }

    private static boolean isStale(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        Optional<Long> pid = parsePid(Files.readString(path, StandardCharsets.ISO_8859_1).strip());
        return pid.isPresent() && ProcessHandle.of(pid.get()).isEmpty();
    }

    private static Optional<Long> parsePid(String text) {
        return text.matches("[0-9]{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.error("cannot remove lockfile `{}': {}", path, e.getMessage());
        }
    }
}
