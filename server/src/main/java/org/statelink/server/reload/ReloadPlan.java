/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.statelink.config.DaemonConfig;
import org.statelink.config.LinkConfig;
import org.statelink.config.Mode;
import org.statelink.config.Scheduler;
import org.statelink.config.Sync;

/**
 * What has to be done so that a running daemon follows a new configuration.
 *
 * @param from what it follows now
 * @param to what it will follow: the new configuration, but for what it cannot change while it runs
 * @param changes what differs, in the order of {@link ReloadOption}
 */
public record ReloadPlan(DaemonConfig from, DaemonConfig to, List<ConfigChange> changes) {
    /** Copies. */
    public ReloadPlan {
        changes = List.copyOf(changes);
    }

    /**
     * Compares.
     *
     * @param started what the daemon started with: what needs a restart differs from this
     * @param current what it follows now: what it can follow differs from this
     * @param wanted the new configuration
     */
    public static ReloadPlan of(DaemonConfig started, DaemonConfig current, DaemonConfig wanted) {
        DaemonConfig to = reachable(current, wanted);
        List<ConfigChange> changes = new ArrayList<>();
        for (ReloadOption option : ReloadOption.values()) {
            if (option == ReloadOption.LINKS) {
                links(current, to, wanted, changes);
            } else {
                DaemonConfig before = option.effect() == Effect.LIVE ? current : started;
                DaemonConfig after = option.effect() == Effect.LIVE ? to : wanted;
                if (option.differs(before, after)) {
                    changes.add(new ConfigChange(option, option.effect(), describe(option, before, after)));
                }
            }
        }
        return new ReloadPlan(current, to, changes);
    }

    /** Whether a change of the option is to be followed. */
    public boolean follows(ReloadOption option) {
        return changes.stream().anyMatch(change -> change.option() == option && change.effect() == Effect.LIVE);
    }

    /** The values of another mode, and links of a transport that cannot be changed, wait for the restart. */
    private static DaemonConfig reachable(DaemonConfig current, DaemonConfig wanted) {
        if (current.sync().isEmpty() || wanted.sync().isEmpty()) {
            return new DaemonConfig(wanted.general(), current.sync(), current.stats(), current.helpers(),
                current.metrics());
        }
        Sync before = current.sync().get();
        Sync after = wanted.sync().get();
        Mode mode = before.mode().getClass() == after.mode().getClass() ? after.mode() : before.mode();
        List<LinkConfig> links = canFollow(before) && canFollow(after) ? after.links() : before.links();
        return new DaemonConfig(wanted.general(),
            Optional.of(new Sync(mode, links, after.options(), after.errorQueueLength())), Optional.empty(),
            current.helpers(), current.metrics());
    }

    private static boolean canFollow(Sync sync) {
        return sync.links().stream().allMatch(ReloadOption::canFollow);
    }

    private static void links(DaemonConfig current, DaemonConfig to, DaemonConfig wanted,
                              List<ConfigChange> changes) {
        for (String line : LinkMatch.between(current.links(), to.links()).describe()) {
            changes.add(new ConfigChange(ReloadOption.LINKS, Effect.LIVE, line));
        }
        if (wanted.sync().isPresent() && !wanted.links().equals(to.links())) {
            changes.add(new ConfigChange(ReloadOption.LINKS, Effect.RESTART, ReloadOption.LINKS.word()));
        }
    }

    private static String describe(ReloadOption option, DaemonConfig from, DaemonConfig to) {
        String before = text(option.value(from));
        String after = text(option.value(to));
        return before.isEmpty() || after.isEmpty() ? option.word() : option.word() + ' ' + before + " -> " + after;
    }

    /** Short values only. */
    private static String text(Object value) {
        return switch (value) {
            case Boolean on -> on ? "on" : "off";
            case Integer number -> number.toString();
            case Path path -> path.toString();
            case Enum<?> constant -> constant.name();
            case String text -> text;
            case Scheduler scheduler -> scheduler.type() + " at priority " + scheduler.priority();
            case Optional<?> optional -> optional.isPresent() ? text(optional.get()) : "none";
            default -> "";
        };
    }
}
