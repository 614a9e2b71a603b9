/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

/**
 * How a session in FTFW mode behaves.
 *
 * @param ackWindowSize messages received before an acknowledgement is due ({@code ACKWindowSize})
 * @param resendQueueSize elements kept until acknowledged ({@code ResendQueueSize})
 * @param firstSequence number of the first message; conntrackd takes the Unix time in seconds
 * @param peerTimeoutSeconds a peer silent for so long no longer holds back what is sent
 * @param peerForgetSeconds a peer silent for so long, while another one lives, is no longer waited for
 */
public record SessionOptions(int ackWindowSize, int resendQueueSize, int firstSequence, int peerTimeoutSeconds,
                             int peerForgetSeconds) {
    private static final int DEFAULT_ACK_WINDOW_SIZE = 300;
    private static final int DEFAULT_RESEND_QUEUE_SIZE = 131_072;
    private static final int DEFAULT_PEER_TIMEOUT_SECONDS = 5;
    private static final int DEFAULT_PEER_FORGET_SECONDS = 60;

    /** Checks the ranges. */
    public SessionOptions {
        requirePositive(ackWindowSize, "ackWindowSize");
        requirePositive(resendQueueSize, "resendQueueSize");
        requirePositive(peerTimeoutSeconds, "peerTimeoutSeconds");
        requirePositive(peerForgetSeconds, "peerForgetSeconds");
    }

    /** conntrackd's defaults. */
    public static SessionOptions defaults() {
        return of(DEFAULT_ACK_WINDOW_SIZE, DEFAULT_RESEND_QUEUE_SIZE);
    }

    /** The two options of conntrackd, the rest by default. */
    public static SessionOptions of(int ackWindowSize, int resendQueueSize) {
        return new SessionOptions(ackWindowSize, resendQueueSize, (int) (System.currentTimeMillis() / 1000),
            DEFAULT_PEER_TIMEOUT_SECONDS, DEFAULT_PEER_FORGET_SECONDS);
    }

    /** The same with another first number. */
    public SessionOptions withFirstSequence(int sequence) {
        return new SessionOptions(ackWindowSize, resendQueueSize, sequence, peerTimeoutSeconds, peerForgetSeconds);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ' ' + value);
        }
    }
}
