/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import org.statelink.config.DaemonConfig;
import org.statelink.config.Sync;

/** Refuses, before anything is opened, what a configuration may ask for and this version cannot do. */
final class SupportedConfig {
    private SupportedConfig() {
    }

    static void check(DaemonConfig config) throws StartException {
        Sync sync = config.sync()
            .orElseThrow(() -> new StartException("the configuration has no `Sync' section; nothing to do"));
        if (sync.links().isEmpty()) {
            throw new StartException("can't open channel socket: no dedicated link is configured");
        }
        if (config.general().pollSeconds() > 0) {
            throw new StartException("`PollSecs' is not supported yet");
        }
    }
}
