/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

/** What takes the shared addresses from a master, and what makes a backup of it again. */
public enum Fault {
    /** All cables and all processes at once. */
    POWER_CUT {
        @Override
        void strike(Firewall master) {
            master.losesPower();
        }

        @Override
        void mend(Firewall victim) {
            victim.boots();
        }
    },
    /** keepalived is stopped in good order. */
    KEEPALIVED_STOPPED {
        @Override
        void strike(Firewall master) {
            master.keepalived().terminate();
        }

        @Override
        void mend(Firewall victim) {
            victim.keepalived().awaitEnd();
            victim.keepalived().start();
        }
    },
    INSIDE_LINK_DOWN {
        @Override
        void strike(Firewall master) {
            master.site().inside().cut(master.node().namespace());
        }

        @Override
        void mend(Firewall victim) {
            victim.site().inside().mend(victim.node().namespace());
        }
    },
    OUTSIDE_LINK_DOWN {
        @Override
        void strike(Firewall master) {
            master.site().outside().cut(master.node().namespace());
        }

        @Override
        void mend(Firewall victim) {
            victim.site().outside().mend(victim.node().namespace());
        }
    };

    abstract void strike(Firewall master);

    abstract void mend(Firewall victim);
}
