/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

/** What happened on the kernel's side since the start. Confined to the state loop. */
public final class KernelCounters {
    private long eventsReceived;
    private long eventsFiltered;
    private long overruns;
    private long flushes;
    private long resyncs;
    private long catchUps;

    void eventReceived() {
        eventsReceived++;
    }

    void eventFiltered() {
        eventsFiltered++;
    }

    void overrun() {
        overruns++;
    }

    /** A flush of the kernel's table was asked for. */
    public void flush() {
        flushes++;
    }

    /** The whole table is read again. */
    public void resync() {
        resyncs++;
    }

    /** The whole table is read for flows that began during a commit. */
    void catchUp() {
        catchUps++;
    }

    /** The figures as they are now. */
    public Snapshot snapshot() {
        return new Snapshot(eventsReceived, eventsFiltered, overruns, flushes, resyncs, catchUps);
    }

    /**
     * The figures at one moment.
     *
     * @param eventsReceived events of flows that the kernel sent
     * @param eventsFiltered those that the filter kept out
     * @param overruns times that the event socket's buffer was full and events were lost
     * @param flushes flushes of the kernel's table that were asked for
     * @param resyncs times that the whole table was read again, catching up aside
     * @param catchUps times that it was read for flows that began during a commit
     */
    public record Snapshot(long eventsReceived, long eventsFiltered, long overruns, long flushes, long resyncs,
                           long catchUps) {
    }
}
