/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * The socket's file. It is bound under a name of its own and renamed once it listens, so that whoever sees the file
 * can connect; only where that name would be too long for the kernel it is bound in place.
 */
final class SocketFile {
    /** {@code sun_path} of {@code unix(7)} less a terminating NUL. */
    static final int MAX_LENGTH = 107;

    private static final Set<PosixFilePermission> OWNER_ONLY =
        Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;
    private final Path bindPath;
    private Object fileKey;

    SocketFile(Path path) throws ControlBindException {
        int length = length(path);
        if (length > MAX_LENGTH) {
            throw new ControlBindException(path, "path of " + length + " bytes, at most " + MAX_LENGTH, null);
        }
        this.path = path;
        Path beside = path.resolveSibling(path.getFileName() + "~");
        bindPath = length(beside) > MAX_LENGTH ? path : beside;
    }

    private static int length(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    Path path() {
        return path;
    }

    /** Where to bind. */
    Path bindPath() {
        return bindPath;
    }

    /**
     * Makes room for the bind, and has the kernel create the file with mode 0600 whatever the umask: it takes the mode
     * of the unbound socket.
     */
    void prepare(int socket) throws IOException {
        unlink(bindPath);
        Files.setPosixFilePermissions(Path.of("/proc/self/fd/" + socket), OWNER_ONLY);
    }

    /** Called when the socket listens: the file takes its place. */
    void publish() throws IOException {
        // a umask may have taken away more than was meant
        Files.setPosixFilePermissions(bindPath, OWNER_ONLY);
        fileKey = fileKey(bindPath);
        if (!bindPath.equals(path)) {
            Files.move(bindPath, path, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Removes the file, unless another process has put its own there. */
    void remove() throws IOException {
        if (!bindPath.equals(path)) {
            Files.deleteIfExists(bindPath);
        }
        if (fileKey != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && fileKey.equals(fileKey(path))) {
            Files.deleteIfExists(path);
        }
    }

    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    /** As {@code unlink(2)}: leaves directories alone. */
    private static void unlink(Path file) throws IOException {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(file);
        }
    }
}
