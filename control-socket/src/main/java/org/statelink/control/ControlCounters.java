/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import java.util.concurrent.atomic.LongAdder;

/** What happened on the control socket since the start. Counted on the control loop, read from any thread. */
public final class ControlCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder readFailed = new LongAdder();
    private final LongAdder unknownRequests = new LongAdder();
    private final LongAdder timedOut = new LongAdder();

    ControlCounters() {
    }

    void countRequest() {
        requests.increment();
    }

    void countReadFailed() {
        readFailed.increment();
    }

    void countUnknownRequest() {
        unknownRequests.increment();
    }

    void countTimedOut() {
        timedOut.increment();
    }

    /** Complete requests, known or not. */
    public long requests() {
        return requests.sum();
    }

    /** Clients that left, or were sent away, before they had sent a complete request: "local read failed". */
    public long readFailed() {
        return readFailed.sum();
    }

    /** Requests whose number nobody knows: "local unknown request". */
    public long unknownRequests() {
        return unknownRequests.sum();
    }

    /** Clients that were sent away because they said nothing, or read nothing, for too long. */
    public long timedOut() {
        return timedOut.sum();
    }
}
