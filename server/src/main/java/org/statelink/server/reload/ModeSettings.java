/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

import org.statelink.server.system.StartException;

/** What the daemon's working mode makes of another configuration, beyond what every daemon does. */
public interface ModeSettings {
    /**
     * Tries what can fail. On the thread of the reload, which may wait for loops.
     *
     * @return what makes the mode follow the plan; it is run on the state loop and cannot fail
     * @throws StartException if it cannot; then nothing has changed
     */
    Runnable prepare(ReloadPlan plan) throws StartException;
}
