/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.server.log.LogFile;

/**
 * A file of lines that goes on whatever happens to it. If it was moved away or removed it is made anew; if it cannot
 * be written, because the disk is full or the directory is missing, one line in the daemon's log says so, lines are
 * lost and counted, and it is tried again every second. It never holds a part of a line.
 */
final class LineFile implements LineSink {
    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long LOOK_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Path path;
    private final Rotation rotation;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final LineCount count = new LineCount();
    private FileChannel file;
    private Object identity;
    private long size;
    private long bornMillis;
    private int waiting;
    private boolean failing;
    private long lostBefore;
    private long lookedMillis;

    /** Opened at once, so that a mistake in the configuration shows at the start. */
    LineFile(Path path, Rotation rotation, long nowMillis) {
        this.path = path;
        this.rotation = rotation;
        look(nowMillis);
    }

    @Override
    public void add(CharSequence line, long nowMillis) {
        int length = line.length();
        if (length >= BUFFER_BYTES) {
            count.addLost(1);
            return;
        }
        if (buffer.remaining() <= length) {
            writeOut(nowMillis);
        }
        for (int i = 0; i < length; i++) {
            buffer.put((byte) line.charAt(i));
        }
        buffer.put((byte) '\n');
        waiting++;
    }

    @Override
    public void tick(long nowMillis) {
        look(nowMillis);
        if (waiting > 0) {
            writeOut(nowMillis);
        }
    }

    private void writeOut(long nowMillis) {
        look(nowMillis);
        buffer.flip();
        try {
            if (file != null) {
                rotateIfDue(nowMillis);
                append();
                worksAgain();
            } else {
                count.addLost(waiting);
            }
        } catch (IOException e) {
            tellFailure(e);
            cutToWholeLines();
            closeFile();
        }
        waiting = 0;
        buffer.clear();
    }

    private void append() throws IOException {
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        size += buffer.limit();
        count.addWritten(waiting);
    }

    /** After an error in the midst of the buffer: what was written up to the last whole line stays. */
    private void cutToWholeLines() {
        int whole = 0;
        int lines = 0;
        for (int i = 0; i < buffer.position(); i++) {
            if (buffer.get(i) == '\n') {
                whole = i + 1;
                lines++;
            }
        }
        count.addWritten(lines);
        count.addLost(waiting - lines);
        try {
            if (file != null) {
                file.truncate(size + whole);
            }
        } catch (IOException e) {
            LOG.warn("part of a line stays in {}: {}", path, e.getMessage());
        }
    }

    private void rotateIfDue(long nowMillis) throws IOException {
        if (rotation.isDue(size, buffer.remaining(), nowMillis - bornMillis)) {
            rotation.rotate(path);
            closeFile();
            open();
        }
    }

    /** Every second: whether the file is still the one of that name, or can be opened now. */
    private void look(long nowMillis) {
        long since = nowMillis - lookedMillis;
        // the clock may be set back
        if (since >= 0 && since < LOOK_MILLIS) {
            return;
        }
        lookedMillis = nowMillis;
        try {
            if (file != null && !isInPlace()) {
                LOG.info("{} was moved away or removed: going on in a new file", path);
                closeFile();
            }
            if (file == null) {
                open();
            }
        } catch (IOException e) {
            tellFailure(e);
            closeFile();
        }
    }

    private boolean isInPlace() {
        try {
            return Objects.equals(Files.readAttributes(path, BasicFileAttributes.class).fileKey(), identity);
        } catch (IOException e) {
            return false;
        }
    }

    private void open() throws IOException {
        file = LogFile.append(path);
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        identity = attributes.fileKey();
        size = attributes.size();
        bornMillis = attributes.creationTime().toMillis();
    }

    private void tellFailure(IOException cause) {
        if (!failing) {
            failing = true;
            lostBefore = count.lost();
            LOG.error("can't write {}. Reason: {}; flows are counted on, and logged again as soon as that works", path,
                cause.getMessage());
        }
    }

    private void worksAgain() {
        if (failing) {
            failing = false;
            LOG.info("{} can be written again; {} flows were not logged there", path, count.lost() - lostBefore);
        }
    }

    private void closeFile() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing {}", path, e);
        }
        file = null;
    }

    @Override
    public LineCount count() {
        return count;
    }

    @Override
    public void close(long nowMillis) {
        tick(nowMillis);
        closeFile();
    }
}
