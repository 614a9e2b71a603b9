/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Sync;
import org.statelink.server.system.StartException;

/** Refuses, before anything is opened, what a configuration may ask for and this version cannot do. */
public final class SupportedConfig {
    private static final Logger LOG = LoggerFactory.getLogger(SupportedConfig.class);

    private SupportedConfig() {
    }

    /** Refuses with one line for the operator. */
    public static void check(DaemonConfig config) throws StartException {
        Sync sync = config.sync()
            .orElseThrow(() -> new StartException("the configuration has no `Sync' section; nothing to do"));
        if (sync.links().isEmpty()) {
            throw new StartException("can't open channel socket: no dedicated link is configured");
        }
        if (sync.options().expectationSync()) {
            LOG.warn("`ExpectationSync' is not supported yet: expectations are not synchronised");
        }
    }
}
