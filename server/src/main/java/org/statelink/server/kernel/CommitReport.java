/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * What came of a commit.
 *
 * @param committed flows that are in the kernel now
 * @param failures those that are not
 * @param nanos how long it took
 */
public record CommitReport(long committed, CommitFailures failures, long nanos) {
    /** Writes it in conntrackd's words, and why flows failed. */
    public void log(Logger log) {
        log.info("Committed {} new entries", committed);
        if (failures.total() > 0) {
            log.info("{} entries can't be committed", failures.total());
            failures.log(log);
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        log.info(String.format(Locale.ROOT, "commit has taken %d.%06d seconds", micros / 1_000_000,
            micros % 1_000_000));
    }
}
