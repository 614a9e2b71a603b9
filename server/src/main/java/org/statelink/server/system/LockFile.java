/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps a second daemon from starting. As with conntrackd its existence is what counts; beyond that it
 * holds the pid of its owner, who also keeps it locked ({@code fcntl(2)}), so that one left behind by a daemon that
 * died is recognised and taken over, by one of those who try. An empty one, as conntrackd writes it, is never taken
 * over.
 */
public final class LockFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    /** Bit 8 of {@code SigPnd} or {@code ShdPnd} of {@code proc_pid_status(5)}. */
    private static final Pattern SIGKILL_PENDING =
        Pattern.compile("(?m)^(Sig|Shd)Pnd:\\s[0-9a-f]*[13579bdf][0-9a-f]{2}$");
    private static final int LONGEST_TEXT = 32;
    private static final int ATTEMPTS = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path path;
    private final FileChannel channel;

    private LockFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the lock, or says in conntrackd's words who may hold it. */
    public static LockFile acquire(Path path) throws StartException {
        try {
            // it may come and go while we look at it, and go with a daemon that was killed and is not quite dead
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<LockFile> lock = Files.exists(path) ? takeOver(path) : create(path);
                if (lock.isPresent()) {
                    return lock.get();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            throw held(path);
        } catch (IOException e) {
            throw new StartException("cannot create lockfile `" + path + "': " + e.getMessage(), e);
        }
    }

    private static StartException held(Path path) {
        return new StartException("lockfile `" + path + "' exists, perhaps conntrackd already running?");
    }

    /** Empty if another one was faster. It is locked before it holds a pid: an empty one is nobody's to take. */
    private static Optional<LockFile> create(Path path) throws IOException {
        try {
            FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), OWNER_ONLY);
            // one that looks at it meanwhile has it locked for a moment
            channel.lock();
            return Optional.of(new LockFile(path, channel).sign());
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    private LockFile sign() throws IOException {
        channel.truncate(0);
        byte[] text = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.ISO_8859_1);
        channel.write(ByteBuffer.wrap(text), 0);
        return this;
    }

    /** Empty if the file has vanished meanwhile, another one took its place, or its owner is about to let it go. */
    private static Optional<LockFile> takeOver(Path path) throws IOException, StartException {
        if (!Files.isRegularFile(path)) {
            throw held(path);
        }
        FileChannel channel = null;
        try {
            Object file = fileKey(path);
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean locked = tryLock(channel);
            if (!locked && !isDying(channel)) {
                throw held(path);
            }
            if (!locked || !file.equals(fileKey(path))) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(takeOver(path, channel));
        } catch (NoSuchFileException e) {
            close(channel);
            return Optional.empty();
        } catch (IOException | StartException e) {
            close(channel);
            throw e;
        }
    }

    private static LockFile takeOver(Path path, FileChannel channel) throws IOException, StartException {
        Optional<Long> pid = pid(channel);
        if (pid.isEmpty() || isDaemon(pid.get())) {
            throw held(path);
        }
        LOG.warn("lockfile `{}' was left by a daemon that no longer runs (pid {}); taking it over", path, pid.get());
        return new LockFile(path, channel).sign();
    }

    private static Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Optional<Long> pid(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1).strip();
        return text.matches("[0-9]{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static boolean isDying(FileChannel channel) throws IOException {
        Optional<Long> pid = pid(channel);
        return pid.isPresent() && isDying(pid.get());
    }

    /** Whether its memory is gone, or a SIGKILL is on its way to it; the rest of it may take a while to follow. */
    private static boolean isDying(long pid) {
        try {
            String status = proc(pid, "status");
            return !status.contains("VmSize:") || SIGKILL_PENDING.matcher(status).find();
        } catch (IOException e) {
            return true;
        }
    }

    private static String proc(long pid, String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
    }

    /** Whether it is a conntrackd. This process, which holds no lock yet, has the pid of a dead one by chance. */
    private static boolean isDaemon(long pid) {
        try {
            return pid != ProcessHandle.current().pid() && proc(pid, "comm").startsWith("conntrackd") && !isDying(pid);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.error("cannot remove lockfile `{}': {}", path, e.getMessage());
        }
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a lock file failed", e);
        }
    }
}
