/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Program;

/** One of the two firewalls of a site. */
final class Firewall {
    /** keepalived is two processes. */
    private static final int KEEPALIVED_PROCESSES = 2;

    private final Site site;
    private final Node node;
    private Keepalived keepalived;
    private Program program;

    Firewall(Site site, Node node) {
        this.site = site;
        this.node = node;
    }

    Site site() {
        return site;
    }

    Node node() {
        return node;
    }

    Keepalived keepalived() {
        return keepalived;
    }

    /** Starts the daemon, which knows expectations as well and soon forgets what it has no part in any more. */
    void replicates(Program with) {
        program = with;
        node.start(program, config());
    }

    private ConfigFile config() {
        return node.config().rehearsed().mode("PurgeTimeout 1").options("ExpectationSync on");
    }

    /** Starts keepalived. */
    void takesPart(RoleScript script) {
        keepalived = site.lab().add(new Keepalived(node, script));
        keepalived.start();
    }

    boolean isMaster() {
        return keepalived.is(Keepalived.State.MASTER);
    }

    /** Whether it is in a state and has done all that this asked for: no script runs any more. */
    boolean hasSettled(Keepalived.State state) {
        int processes = KEEPALIVED_PROCESSES + (program == null ? 0 : 1);
        return keepalived.is(state) && node.namespace().processes().size() == processes;
    }

    /** No cables, no processes, no farewell. */
    void losesPower() {
        site.withdraw(node);
        site.lab().network().cut(node);
        node.crash();
    }

    /** Comes up again and knows nothing. */
    void boots() {
        keepalived.awaitEnd();
        node.namespace().run("ip", "address", "del", Site.INSIDE_SHARED + "/24", "dev", Site.INSIDE);
        node.namespace().run("ip", "address", "del", Site.OUTSIDE_SHARED + "/24", "dev", Site.OUTSIDE);
        node.namespace().expect("conntrack", "-F");
        site.inside().mend(node.namespace());
        site.outside().mend(node.namespace());
        site.lab().network().mend(node);
        if (program != null) {
            forgetLock();
            node.start(program, config());
        }
        keepalived.start();
    }

    /** What lies under /run is gone after a boot. */
    private void forgetLock() {
        try {
            Files.deleteIfExists(node.config().lock());
            Files.deleteIfExists(node.config().socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
