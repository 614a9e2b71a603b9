/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes to the file that is in use; between two files no line gets lost. */
final class FileHandler extends Handler {
    private Optional<LogFile> file = Optional.empty();

    FileHandler() {
        setFormatter(new LogLine());
    }

    synchronized Optional<LogFile> file() {
        return file;
    }

    synchronized void use(Optional<LogFile> next) {
        file.ifPresent(LogFile::close);
        file = next;
    }

    @Override
    public synchronized void publish(LogRecord line) {
        if (file.isPresent() && isLoggable(line)) {
            file.get().write(getFormatter().format(line));
        }
    }

    @Override
    public void flush() {
        // every line is
    }

    @Override
    public void close() {
        use(Optional.empty());
    }
}
