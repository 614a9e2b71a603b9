/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** An open file for log lines. A full disk must not stop the daemon, so errors of writing are not told. */
public final class LogFile {
    private final Path path;
    private final PrintStream out;

    private LogFile(Path path, PrintStream out) {
        this.path = path;
        this.out = out;
    }

    /**
     * Opens a file, which is appended to, or made with mode 0600.
     *
     * @throws IOException if it cannot be opened; the message is the system's reason
     */
    public static LogFile open(Path path) throws IOException {
        return new LogFile(path, new PrintStream(Channels.newOutputStream(append(path)), false,
            StandardCharsets.UTF_8));
    }

    /** Likewise, for whoever must know whether writing fails. */
    public static FileChannel append(Path path) throws IOException {
        try {
            makeIfMissing(path);
            return FileChannel.open(path, StandardOpenOption.APPEND);
        } catch (FileSystemException e) {
            throw new IOException(reason(e), e);
        }
    }

    /** The JDK's own messages leave out what the class of the exception tells. */
    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return e instanceof AccessDeniedException ? "Permission denied" : e.getReason();
    }

    private static void makeIfMissing(Path path) throws IOException {
        try {
            Files.createFile(path,
                PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
        } catch (FileAlreadyExistsException e) {
            // the rule
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    void write(String line) {
        out.print(line);
        out.flush();
    }

    /** Closes it. */
    public void close() {
        out.close();
    }
}
