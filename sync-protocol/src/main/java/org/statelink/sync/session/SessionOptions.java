/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How a session behaves.
 *
 * @param kind what is made of sequence numbers and acknowledgements; the queue and the window are FTFW's alone
 * @param ackWindowSize messages received before an acknowledgement is due ({@code ACKWindowSize})
 * @param resendQueueSize elements kept until acknowledged ({@code ResendQueueSize})
 * @param firstSequence number of the first message; conntrackd takes the Unix time in seconds, which nodes of a group
 *     share: acknowledgements name nobody, and are told apart only if numbers are
 * @param peerTimeoutSeconds a peer silent for so long no longer holds back what is sent
 * @param peerForgetSeconds a peer silent for so long, while another one lives, is no longer waited for
 */
public record SessionOptions(Kind kind, int ackWindowSize, int resendQueueSize, int firstSequence,
                             int peerTimeoutSeconds, int peerForgetSeconds) {
    private static final int DEFAULT_ACK_WINDOW_SIZE = 300;
    private static final int DEFAULT_RESEND_QUEUE_SIZE = 131_072;
    private static final int DEFAULT_PEER_TIMEOUT_SECONDS = 5;
    private static final int DEFAULT_PEER_FORGET_SECONDS = 60;

    /** The modes of the protocol. */
    public enum Kind {
        /** What is lost is sent again. */
        FTFW,
        /** What is sent is forgotten. */
        NOTRACK,
        /** Only states are sent, again and again. */
        ALARM
    }

    /** Checks the ranges. */
    public SessionOptions {
        requirePositive(ackWindowSize, "ackWindowSize");
        requirePositive(resendQueueSize, "resendQueueSize");
        requirePositive(peerTimeoutSeconds, "peerTimeoutSeconds");
        requirePositive(peerForgetSeconds, "peerForgetSeconds");
    }

    /** A session in FTFW mode. */
    public SessionOptions(int ackWindowSize, int resendQueueSize, int firstSequence, int peerTimeoutSeconds,
                          int peerForgetSeconds) {
        this(Kind.FTFW, ackWindowSize, resendQueueSize, firstSequence, peerTimeoutSeconds, peerForgetSeconds);
    }

    /** conntrackd's defaults, in FTFW mode. */
    public static SessionOptions defaults() {
        return of(DEFAULT_ACK_WINDOW_SIZE, DEFAULT_RESEND_QUEUE_SIZE);
    }

    /** The two options of conntrackd's FTFW mode, the rest by default. */
    public static SessionOptions of(int ackWindowSize, int resendQueueSize) {
        return new SessionOptions(ackWindowSize, resendQueueSize, ThreadLocalRandom.current().nextInt(),
            DEFAULT_PEER_TIMEOUT_SECONDS, DEFAULT_PEER_FORGET_SECONDS);
    }

    /** A session of the given kind, everything else by default. */
    public static SessionOptions of(Kind kind) {
        SessionOptions options = defaults();
        return new SessionOptions(kind, options.ackWindowSize, options.resendQueueSize, options.firstSequence,
            options.peerTimeoutSeconds, options.peerForgetSeconds);
    }

    /** The same with another first number. */
    public SessionOptions withFirstSequence(int sequence) {
        return new SessionOptions(kind, ackWindowSize, resendQueueSize, sequence, peerTimeoutSeconds,
            peerForgetSeconds);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ' ' + value);
        }
    }
}
