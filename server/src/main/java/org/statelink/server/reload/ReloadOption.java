/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

import java.util.Objects;
import java.util.function.Function;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Filter;
import org.statelink.config.General;
import org.statelink.config.LinkConfig;
import org.statelink.config.Mode;
import org.statelink.config.Options;
import org.statelink.config.Sync;

/** Every option of the configuration, by the word of the classic language, and what a change of it means. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
public enum ReloadOption {
    /** Buckets of a cache. */
    HASH_SIZE("HashSize", Effect.NONE, general(General::hashSize)),
    /** Most objects of a cache. */
    HASH_LIMIT("HashLimit", Effect.LIVE, general(General::hashLimit)),
    /** The log file. */
    LOG_FILE("LogFile", Effect.LIVE, general(General::logFile)),
    /** The syslog facility. */
    SYSLOG("Syslog", Effect.RESTART, general(General::syslog)),
    /** The lock file. */
    LOCK_FILE("LockFile", Effect.RESTART, general(General::lockFile)),
    /** The control socket. */
    CONTROL_SOCKET("UNIX Path", Effect.RESTART, general(General::controlSocket)),
    /** Bytes of the event socket's buffer. */
    BUFFER_SIZE("NetlinkBufferSize", Effect.LIVE, general(General::netlinkBufferSize)),
    /** Bytes up to which it grows. */
    BUFFER_GROWTH("NetlinkBufferSizeMaxGrowth", Effect.LIVE, general(General::netlinkBufferSizeMaxGrowth)),
    /** Seconds from an overrun to the resync. */
    OVERRUN_RESYNC("NetlinkOverrunResync", Effect.LIVE, general(General::overrunResyncSeconds)),
    /** Whether the kernel keeps events. */
    RELIABLE_EVENTS("NetlinkEventsReliable", Effect.RESTART, general(General::netlinkEventsReliable)),
    /** Events of one turn. */
    ITERATION_LIMIT("EventIterationLimit", Effect.LIVE, general(General::eventIterationLimit)),
    /** Seconds between dumps. */
    POLL("PollSecs", Effect.RESTART, general(General::pollSeconds)),
    /** Where events are filtered. */
    FILTER_PLACE("Filter From", Effect.LIVE, general(general -> general.filter().place())),
    /** What events are filtered by. */
    FILTER("Filter", Effect.LIVE, general(general -> sets(general.filter()))),
    /** The real-time scheduler. */
    SCHEDULER("Scheduler", Effect.LIVE, general(General::scheduler)),
    /** The nice value. */
    NICE("Nice", Effect.LIVE, general(General::nice)),
    /** Whether systemd is told. */
    SYSTEMD("Systemd", Effect.RESTART, general(General::systemd)),
    /** What the daemon is for. */
    PURPOSE("Sync or Stats", Effect.RESTART, config -> config.sync().isPresent()),
    /** The mode of replication. */
    MODE("Mode", Effect.RESTART, sync(sync -> sync.mode().displayName())),
    /** Elements kept until acknowledged. */
    RESEND_QUEUE("ResendQueueSize", Effect.LIVE, ftfw(Mode.Ftfw::resendQueueSize)),
    /** Messages before an acknowledgement. */
    ACK_WINDOW("ACKWindowSize", Effect.LIVE, ftfw(Mode.Ftfw::ackWindowSize)),
    /** Timeout of committed flows. */
    COMMIT_TIMEOUT("CommitTimeout", Effect.LIVE, mode(Mode::commitTimeout)),
    /** Seconds before a purge. */
    PURGE_TIMEOUT("PurgeTimeout", Effect.LIVE, mode(Mode::purgeTimeout)),
    /** Seconds between two messages of one state. */
    REFRESH_TIME("RefreshTime", Effect.RESTART, alarm(Mode.Alarm::refreshTime)),
    /** Seconds that a state lives. */
    CACHE_TIMEOUT("CacheTimeout", Effect.RESTART, alarm(Mode.Alarm::cacheTimeout)),
    /** Whether there is no internal cache. */
    NO_INTERNAL_CACHE("DisableInternalCache", Effect.RESTART, mode(Mode::disableInternalCache)),
    /** Whether there is no external cache. */
    NO_EXTERNAL_CACHE("DisableExternalCache", Effect.RESTART, mode(Mode::disableExternalCache)),
    /** Whether a start asks for everything. */
    STARTUP_RESYNC("StartupResync", Effect.RESTART, mode(Mode::startupResync)),
    /** What carries the messages. */
    TRANSPORT("transport of the dedicated links", Effect.RESTART, sync(ReloadOption::transport)),
    /** The dedicated links. */
    LINKS("dedicated links", Effect.LIVE, sync(Sync::links)),
    /** Whether TCP windows travel. */
    WINDOW_TRACKING("TCPWindowTracking", Effect.LIVE, sync(sync -> sync.options().tcpWindowTracking())),
    /** Whether expectations travel. */
    EXPECTATIONS("ExpectationSync", Effect.RESTART, sync(sync -> expectations(sync.options()))),
    /** Buffers of a TCP link. */
    ERROR_QUEUE("ErrorQueueLength", Effect.RESTART, sync(Sync::errorQueueLength)),
    /** Logging of finished flows. */
    STATS("Stats", Effect.RESTART, DaemonConfig::stats),
    /** User-space helpers. */
    HELPERS("Helper", Effect.RESTART, DaemonConfig::helpers),
    /** Where metrics are told. */
    METRICS("metrics.listen", Effect.RESTART, config -> config.metrics().listen());

    private final String word;
    private final Effect effect;
    private final Function<DaemonConfig, Object> value;

    ReloadOption(String word, Effect effect, Function<DaemonConfig, Object> value) {
        this.word = word;
        this.effect = effect;
        this.value = value;
    }

    /** The word of the classic language. */
    public String word() {
        return word;
    }

    /** What becomes of a change. */
    public Effect effect() {
        return effect;
    }

    /** The value; null where the configuration has no place for it. */
    Object value(DaemonConfig config) {
        return value.apply(config);
    }

    /** What is missing on one side, such as an option of another mode, is told by what took its place. */
    boolean differs(DaemonConfig from, DaemonConfig to) {
        Object before = value(from);
        Object after = value(to);
        return before != null && after != null && !Objects.equals(before, after);
    }

    private static Function<DaemonConfig, Object> general(Function<General, Object> value) {
        return config -> value.apply(config.general());
    }

    private static Function<DaemonConfig, Object> sync(Function<Sync, Object> value) {
        return config -> config.sync().map(value).orElse(null);
    }

    private static Function<DaemonConfig, Object> mode(Function<Mode, Object> value) {
        return sync(sync -> value.apply(sync.mode()));
    }

    private static Function<DaemonConfig, Object> ftfw(Function<Mode.Ftfw, Object> value) {
        return mode(mode -> mode instanceof Mode.Ftfw ftfw ? value.apply(ftfw) : null);
    }

    private static Function<DaemonConfig, Object> alarm(Function<Mode.Alarm, Object> value) {
        return mode(mode -> mode instanceof Mode.Alarm alarm ? value.apply(alarm) : null);
    }

    private static Filter sets(Filter filter) {
        return new Filter(Filter.Place.USERSPACE, filter.protocols(), filter.addresses(), filter.states());
    }

    private static Options expectations(Options options) {
        return new Options(false, options.expectationSync(), options.expectationHelpers());
    }

    private static Object transport(Sync sync) {
        return sync.links().isEmpty() ? null : sync.links().getFirst().transport();
    }

    /** Whether links may come and go without a restart. */
    static boolean canFollow(LinkConfig link) {
        return link.transport() == LinkConfig.Transport.MULTICAST;
    }
}
