/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import org.statelink.config.DaemonConfig;
import org.statelink.config.Sync;
import org.statelink.server.system.StartException;

/** Refuses, before anything is opened, what a configuration may ask for and this version cannot do. */
final class SupportedConfig {
    private SupportedConfig() {
    }

    /** Refuses with one line for the operator. */
    static void check(DaemonConfig config) throws StartException {
        if (config.sync().isEmpty() && config.stats().isEmpty()) {
            throw new StartException("the configuration has neither a `Sync' nor a `Stats' section; nothing to do");
        }
        if (config.sync().isPresent()) {
            check(config.sync().get());
        }
    }

    private static void check(Sync sync) throws StartException {
        if (sync.links().isEmpty()) {
            throw new StartException("can't open channel socket: no dedicated link is configured");
        }
    }
}
