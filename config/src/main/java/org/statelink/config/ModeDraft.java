/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;

/** What all mode blocks of a file say together, as it decides on one mode in the end. */
final class ModeDraft {
    private boolean ftfw;
    private boolean notrack;
    private boolean alarm;
    private int resendQueueSize = Mode.Ftfw.DEFAULT_RESEND_QUEUE_SIZE;
    private int ackWindowSize = Mode.Ftfw.DEFAULT_ACK_WINDOW_SIZE;
    private int refreshTime = Mode.Alarm.DEFAULT_REFRESH_TIME;
    private int cacheTimeout = Mode.Alarm.DEFAULT_CACHE_TIMEOUT;
    private int commitTimeout;
    private int purgeTimeout = Mode.DEFAULT_PURGE_TIMEOUT;
    private boolean disableInternalCache;
    private boolean disableExternalCache;
    private boolean startupResync;

    boolean isNamed() {
        return ftfw || notrack || alarm;
    }

    boolean dropsCommitTimeout() {
        return commitTimeout > 0 && disableExternalCache;
    }

    Mode build() {
        int commit = disableExternalCache ? 0 : commitTimeout;
        if (ftfw || !isNamed()) {
            return new Mode.Ftfw(resendQueueSize, ackWindowSize, commit, purgeTimeout, disableExternalCache,
                startupResync);
        }
        return alarm
            ? new Mode.Alarm(refreshTime, cacheTimeout, commit, purgeTimeout)
            : new Mode.Notrack(commit, purgeTimeout, disableInternalCache, disableExternalCache, startupResync);
    }

    Block block(String upperName, ClassicCursor cursor) {
        return switch (upperName) {
            case "FTFW", "NACK" -> new ModeBlock("Mode FTFW", Words.FTFW, cursor);
            case "NOTRACK" -> new ModeBlock("Mode NOTRACK", Words.NOTRACK, cursor);
            default -> new ModeBlock("Mode ALARM", Words.ALARM, cursor);
        };
    }

    void set(String word, ClassicCursor cursor) throws Unwound {
        switch (word) {
            case "ResendQueueSize" ->
                resendQueueSize = cursor.numberOr(Mode.Ftfw.DEFAULT_RESEND_QUEUE_SIZE, word);
            case "ACKWindowSize" -> ackWindowSize = cursor.numberOr(Mode.Ftfw.DEFAULT_ACK_WINDOW_SIZE, word);
            case "RefreshTime" -> refreshTime = cursor.numberOr(Mode.Alarm.DEFAULT_REFRESH_TIME, word);
            case "CacheTimeout" -> cacheTimeout = cursor.numberOr(Mode.Alarm.DEFAULT_CACHE_TIMEOUT, word);
            case "CommitTimeout" -> commitTimeout = cursor.number(word);
            case "PurgeTimeout" -> purgeTimeout = cursor.numberOr(Mode.DEFAULT_PURGE_TIMEOUT, word);
            case "DisableInternalCache" -> disableInternalCache = cursor.bool(word);
            case "DisableExternalCache" -> disableExternalCache = cursor.bool(word);
            default -> startupResync = cursor.bool(word);
        }
    }

    private final class ModeBlock implements Block {
        private final String title;
        private final List<String> words;
        private final ClassicCursor cursor;

        ModeBlock(String title, List<String> words, ClassicCursor cursor) {
            this.title = title;
            this.words = words;
            this.cursor = cursor;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public List<String> words() {
            return words;
        }

        @Override
        public void entry(Token key) throws Unwound {
            set(key.text(), cursor);
        }

        @Override
        public void end() {
            ftfw |= title.equals("Mode FTFW");
            notrack |= title.equals("Mode NOTRACK");
            alarm |= title.equals("Mode ALARM");
        }
    }
}
