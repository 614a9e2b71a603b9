/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import java.util.Optional;

/**
 * What a client may ask on the control socket, by the numbers that conntrackd has used since 1.2.0, and by numbers of
 * our own far above.
 *
 * <p>Which requests do something depends on the mode of the daemon; one that does not apply gets an empty answer.
 * Source: docs of conntrackd's control socket, section 3.
 */
public enum ControlRequest {
    /** Empties the kernel's connection table ({@code -F ct}). */
    CT_FLUSH_MASTER(0),
    /** Reads the kernel's connection table again ({@code -R ct}). */
    CT_RESYNC_MASTER(1),
    /** Shows the internal cache ({@code -i}). */
    CT_DUMP_INTERNAL(16),
    /** Shows the external cache ({@code -e}). */
    CT_DUMP_EXTERNAL(17),
    /** Commits the external cache to the kernel ({@code -c ct}); answered when it is done. */
    CT_COMMIT(18),
    /** Flushes both connection caches; sent by old clients only. */
    CT_FLUSH_CACHE(19),
    /** Stops the daemon ({@code -k}). */
    KILL(20),
    /** General statistics ({@code -s}). */
    STATS(21),
    /** Sends all internal entries to the peers ({@code -B}). */
    SEND_BULK(22),
    /** Asks the peers for all their entries ({@code -n}). */
    REQUEST_DUMP(23),
    /** Shows the internal cache as XML ({@code -i -x}). */
    CT_DUMP_INT_XML(24),
    /** Shows the external cache as XML ({@code -e -x}). */
    CT_DUMP_EXT_XML(25),
    /** Schedules the purge of the kernel's table ({@code -t}). */
    RESET_TIMERS(26),
    /** Used by clients of long ago; answered with nothing. */
    DEBUG_INFO(27),
    /** Statistics of the sync protocol ({@code -s network}). */
    STATS_NETWORK(28),
    /** Statistics of the caches ({@code -s cache}). */
    STATS_CACHE(29),
    /** Statistics of the process and its netlink sockets ({@code -s runtime}). */
    STATS_RUNTIME(30),
    /** Statistics of each dedicated link ({@code -s link}). */
    STATS_LINK(31),
    /** What waits for an acknowledgement ({@code -s rsqueue}). */
    STATS_RSQUEUE(32),
    /** Flushes the internal caches ({@code -f internal}). */
    CT_FLUSH_INT_CACHE(33),
    /** Flushes the external caches ({@code -f external}). */
    CT_FLUSH_EXT_CACHE(34),
    /** Child processes at work ({@code -s process}). */
    STATS_PROCESS(35),
    /** Statistics of the queues ({@code -s queue}). */
    STATS_QUEUE(36),
    /** General statistics of the expectation caches ({@code -s expect}). */
    EXP_STATS(37, true),
    /** Empties the kernel's expectation table ({@code -F expect}). */
    EXP_FLUSH_MASTER(38, true),
    /** Reads the kernel's expectation table again ({@code -R expect}). */
    EXP_RESYNC_MASTER(39, true),
    /** Shows the internal expectations ({@code -i expect}). */
    EXP_DUMP_INTERNAL(40, true),
    /** Shows the external expectations ({@code -e expect}). */
    EXP_DUMP_EXTERNAL(41, true),
    /** Commits the external expectations to the kernel ({@code -c expect}). */
    EXP_COMMIT(42, true),
    /** Empties both kernel tables ({@code -F}). */
    ALL_FLUSH_MASTER(43),
    /** Reads both kernel tables again ({@code -R}). */
    ALL_RESYNC_MASTER(44),
    /** Flushes all caches ({@code -f}). */
    ALL_FLUSH_CACHE(45),
    /** Commits connections, then expectations ({@code -c}). */
    ALL_COMMIT(46),
    /** Shows the internal expectations as XML ({@code -i expect -x}). */
    EXP_DUMP_INT_XML(47),
    /** Shows the external expectations as XML ({@code -e expect -x}). */
    EXP_DUMP_EXT_XML(48),
    /**
     * Reads the configuration again ({@code --reload}); not conntrackd's, which answers it with nothing. The answer
     * begins with {@link #RELOADED} or {@link #NOT_RELOADED}.
     */
    RELOAD(0x534c0001),
    /**
     * Makes the node the primary ({@code --promote}): commit, flush of the external caches, resync with the kernel,
     * bulk to the peers. Answered when the commit is done; the answer begins with {@link #PROMOTED}
     * if it was.
     */
    PROMOTE(0x534c0002),
    /** Makes the node a backup ({@code --demote}); the answer begins with {@link #DEMOTED}. */
    DEMOTE(0x534c0003),
    /** Shows how the daemon is on one screen ({@code --status}). */
    STATUS(0x534c0004),
    /** {@link #STATUS} and all figures as JSON ({@code --status -o json}), as all that follow. */
    STATUS_JSON(0x534c0005),
    /** {@link #STATS} as JSON. */
    STATS_JSON(0x534c0006),
    /** {@link #STATS_NETWORK} as JSON. */
    STATS_NETWORK_JSON(0x534c0007),
    /** {@link #STATS_CACHE} as JSON. */
    STATS_CACHE_JSON(0x534c0008),
    /** {@link #STATS_RUNTIME} as JSON. */
    STATS_RUNTIME_JSON(0x534c0009),
    /** {@link #STATS_LINK} as JSON. */
    STATS_LINK_JSON(0x534c000a),
    /** {@link #STATS_RSQUEUE} as a JSON array, an element a line. */
    STATS_RSQUEUE_JSON(0x534c000b),
    /** {@link #STATS_PROCESS} as JSON. */
    STATS_PROCESS_JSON(0x534c000c),
    /** {@link #STATS_QUEUE} as JSON. */
    STATS_QUEUE_JSON(0x534c000d),
    /** {@link #CT_DUMP_INTERNAL} as a JSON array, an entry a line. */
    CT_DUMP_INT_JSON(0x534c000e),
    /** {@link #CT_DUMP_EXTERNAL} as a JSON array, an entry a line. */
    CT_DUMP_EXT_JSON(0x534c000f),
    /** {@link #EXP_STATS} as JSON. */
    EXP_STATS_JSON(0x534c0010, true),
    /** {@link #EXP_DUMP_INTERNAL} as a JSON array, an entry a line. */
    EXP_DUMP_INT_JSON(0x534c0011, true),
    /** {@link #EXP_DUMP_EXTERNAL} as a JSON array, an entry a line. */
    EXP_DUMP_EXT_JSON(0x534c0012, true),
    /** Statistics of flows that ended: totals, top talkers, their log ({@code -s flows}). */
    STATS_FLOWS(0x534c0013),
    /** {@link #STATS_FLOWS} as JSON. */
    STATS_FLOWS_JSON(0x534c0014);

    /** First line of the answer to {@link #RELOAD} when the new configuration holds. */
    public static final String RELOADED = "reloaded";
    /** Begins the answer to {@link #RELOAD} when the old configuration goes on; the reason follows. */
    public static final String NOT_RELOADED = "not reloaded: ";

    /** Begins the answer to {@link #PROMOTE} when the kernel has what the peers told. */
    public static final String PROMOTED = "promoted";
    /** Begins the answer to {@link #DEMOTE}. */
    public static final String DEMOTED = "demoted";

    /** Requests that conntrackd does not have are numbered from here, far from its own. */
    private static final int FIRST_OF_OURS = 0x534c0001;
    private static final ControlRequest[] BY_NUMBER = new ControlRequest[49];
    private static final ControlRequest[] OURS_BY_NUMBER = new ControlRequest[20];

    static {
        for (ControlRequest request : values()) {
            if (request.number < FIRST_OF_OURS) {
                BY_NUMBER[request.number] = request;
            } else {
                OURS_BY_NUMBER[request.number - FIRST_OF_OURS] = request;
            }
        }
    }

    private final int number;
    private final boolean needsExpectationSync;

    ControlRequest(int number) {
        this(number, false);
    }

    ControlRequest(int number, boolean needsExpectationSync) {
        this.number = number;
        this.needsExpectationSync = needsExpectationSync;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /**
     * Whether conntrackd ignores the request unless expectations are synchronised. The two XML dumps of expectations
     * are not checked by it.
     */
    public boolean needsExpectationSync() {
        return needsExpectationSync;
    }

    /** Whether it is one that conntrackd does not have, and to which the answer is never empty. */
    public boolean isOurs() {
        return number >= FIRST_OF_OURS;
    }

    /** The request for the same in JSON; empty where there is none. */
    public Optional<ControlRequest> asJson() {
        return Optional.ofNullable(switch (this) {
            case STATUS -> STATUS_JSON;
            case STATS -> STATS_JSON;
            case STATS_NETWORK -> STATS_NETWORK_JSON;
            case STATS_CACHE -> STATS_CACHE_JSON;
            case STATS_RUNTIME -> STATS_RUNTIME_JSON;
            case STATS_LINK -> STATS_LINK_JSON;
            case STATS_RSQUEUE -> STATS_RSQUEUE_JSON;
            case STATS_PROCESS -> STATS_PROCESS_JSON;
            case STATS_QUEUE -> STATS_QUEUE_JSON;
            case STATS_FLOWS -> STATS_FLOWS_JSON;
            case CT_DUMP_INTERNAL -> CT_DUMP_INT_JSON;
            case CT_DUMP_EXTERNAL -> CT_DUMP_EXT_JSON;
            case EXP_STATS -> EXP_STATS_JSON;
            case EXP_DUMP_INTERNAL -> EXP_DUMP_INT_JSON;
            case EXP_DUMP_EXTERNAL -> EXP_DUMP_EXT_JSON;
            default -> null;
        });
    }

    /** The request of that number; empty for numbers that nobody uses. */
    public static Optional<ControlRequest> valueOf(int number) {
        return number < FIRST_OF_OURS ? find(BY_NUMBER, number) : find(OURS_BY_NUMBER, number - FIRST_OF_OURS);
    }

    private static Optional<ControlRequest> find(ControlRequest[] requests, int index) {
        return index < 0 || index >= requests.length ? Optional.empty() : Optional.ofNullable(requests[index]);
    }
}
