/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import org.statelink.server.log.DaemonLog;
import org.statelink.server.system.ServiceManager;
import org.statelink.server.system.StandardStreams;

/** How a daemon was started: what it writes to the terminal, and who waits for it to be ready. */
enum StartMode {
    /** In the foreground: every line goes to the terminal for as long as it lives. */
    CONSOLE("console") {
        @Override
        void openTerminal() {
            DaemonLog.toConsole();
        }

        @Override
        void tellReady(ServiceManager manager, String status) {
            manager.ready(status);
        }
    },
    /** By {@link BackgroundStart}, which waits for a line: what to tell systemd, empty if it is not to be told. */
    DAEMON("daemon") {
        @Override
        void openTerminal() {
            DaemonLog.toStandardError();
        }

        @Override
        void tellReady(ServiceManager manager, String status) {
            DaemonLog.leaveConsole();
            System.out.println(manager == ServiceManager.NONE ? "" : status);
            System.out.flush();
            StandardStreams.detach();
        }
    };

    private final String word;

    StartMode(String word) {
        this.word = word;
    }

    /** conntrackd's word for it. */
    String word() {
        return word;
    }

    /** Called before the first line is written. */
    abstract void openTerminal();

    /** Called when the daemon answers; the status is one line. */
    abstract void tellReady(ServiceManager manager, String status);
}
