/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.List;

/** What can go wrong on the dedicated link, in both directions. */
public final class Faults {
    private final List<Namespace> namespaces;

    public Faults(List<Namespace> namespaces) {
        this.namespaces = namespaces;
    }

    /** Every node loses a share of what is sent to it, at random. */
    public void lose(int percent) {
        drop("numgen random mod 100 < " + percent + " drop");
    }

    /** Nothing gets through. */
    public void partition() {
        drop("drop");
    }

    /** The link is as good as new. */
    public void heal() {
        namespaces.forEach(one -> one.nft("table inet faults\ndelete table inet faults\n"));
    }

    private void drop(String verdict) {
        heal();
        namespaces.forEach(one -> one.nft("""
            table inet faults {
                chain in {
                    type filter hook input priority 10; meta l4proto { tcp, udp } th dport %d %s
                }
            }
            """.formatted(DedicatedLink.PORT, verdict)));
    }
}
