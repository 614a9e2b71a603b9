/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/** How the states of several firewalls are kept equal. */
public sealed interface Mode permits Mode.Ftfw, Mode.Notrack, Mode.Alarm {
    /** The name in capital letters, as conntrackd prints it. */
    String displayName();

    /**
     * Seconds that a committed entry lives unless traffic refreshes it; default 0: the time that it had left is
     * estimated. When set, timeouts are not transmitted either. Always 0 if the external cache is disabled.
     */
    int commitTimeout();

    /** Seconds after which {@code -t} removes what turned out to be dead, at least 1; default 60. */
    int purgeTimeout();

    /** Whether what peers send goes straight into the kernel instead of a cache; default off. */
    boolean disableExternalCache();

    /** Whether a starting daemon asks its peers for their states; default off. */
    boolean startupResync();

    /** Whether kernel events go straight to the peers instead of a cache; default off. */
    default boolean disableInternalCache() {
        return false;
    }

    /** The default mode. */
    static Ftfw defaults() {
        return new Ftfw(Ftfw.DEFAULT_RESEND_QUEUE_SIZE, Ftfw.DEFAULT_ACK_WINDOW_SIZE, 0, DEFAULT_PURGE_TIMEOUT, false,
            false);
    }

    /** Seconds of {@link #purgeTimeout()} if none are configured. */
    int DEFAULT_PURGE_TIMEOUT = 60;

    /**
     * Reliable: sequence numbers, acknowledgements, resending.
     *
     * @param resendQueueSize      the most unacknowledged objects kept, at least 1; default 131072
     * @param ackWindowSize        messages received between two acknowledgements, at least 1; default 300
     * @param commitTimeout        see {@link Mode#commitTimeout()}
     * @param purgeTimeout         see {@link Mode#purgeTimeout()}
     * @param disableExternalCache see {@link Mode#disableExternalCache()}
     * @param startupResync        see {@link Mode#startupResync()}
     */
    record Ftfw(
            int resendQueueSize,
            int ackWindowSize,
            int commitTimeout,
            int purgeTimeout,
            boolean disableExternalCache,
            boolean startupResync) implements Mode {
        /** Objects of {@link #resendQueueSize()} if none are configured. */
        public static final int DEFAULT_RESEND_QUEUE_SIZE = 131072;
        /** Messages of {@link #ackWindowSize()} if none are configured. */
        public static final int DEFAULT_ACK_WINDOW_SIZE = 300;

        /** Checks the ranges. */
        public Ftfw {
            Limits.atLeast(1, resendQueueSize, "resendQueueSize");
            Limits.atLeast(1, ackWindowSize, "ackWindowSize");
            Limits.between(0, disableExternalCache ? 0 : Integer.MAX_VALUE, commitTimeout, "commitTimeout");
            Limits.atLeast(1, purgeTimeout, "purgeTimeout");
        }

        @Override
        public String displayName() {
            return "FTFW";
        }
    }

    /**
     * Best effort: each state is sent once, nothing is acknowledged.
     *
     * @param commitTimeout        see {@link Mode#commitTimeout()}
     * @param purgeTimeout         see {@link Mode#purgeTimeout()}
     * @param disableInternalCache see {@link Mode#disableInternalCache()}
     * @param disableExternalCache see {@link Mode#disableExternalCache()}
     * @param startupResync        see {@link Mode#startupResync()}
     */
    record Notrack(
            int commitTimeout,
            int purgeTimeout,
            boolean disableInternalCache,
            boolean disableExternalCache,
            boolean startupResync) implements Mode {
        /** Checks the ranges. */
        public Notrack {
            Limits.between(0, disableExternalCache ? 0 : Integer.MAX_VALUE, commitTimeout, "commitTimeout");
            Limits.atLeast(1, purgeTimeout, "purgeTimeout");
        }

        @Override
        public String displayName() {
            return "NOTRACK";
        }
    }

    /**
     * Every state is sent again and again; what is not refreshed disappears.
     *
     * @param refreshTime   seconds within which each state is sent again, at least 1; default 60
     * @param cacheTimeout  seconds that a peer's state lives without being refreshed, at least 1; default 180
     * @param commitTimeout see {@link Mode#commitTimeout()}
     * @param purgeTimeout  see {@link Mode#purgeTimeout()}
     */
    record Alarm(int refreshTime, int cacheTimeout, int commitTimeout, int purgeTimeout) implements Mode {
        /** Seconds of {@link #refreshTime()} if none are configured. */
        public static final int DEFAULT_REFRESH_TIME = 60;
        /** Seconds of {@link #cacheTimeout()} if none are configured. */
        public static final int DEFAULT_CACHE_TIMEOUT = 180;

        /** Checks the ranges. */
        public Alarm {
            Limits.atLeast(1, refreshTime, "refreshTime");
            Limits.atLeast(1, cacheTimeout, "cacheTimeout");
            Limits.atLeast(0, commitTimeout, "commitTimeout");
            Limits.atLeast(1, purgeTimeout, "purgeTimeout");
        }

        @Override
        public String displayName() {
            return "ALARM";
        }

        @Override
        public boolean disableExternalCache() {
            return false;
        }

        @Override
        public boolean startupResync() {
            return false;
        }
    }
}
