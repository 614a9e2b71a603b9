/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.time.Duration;
import java.util.List;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

import static org.assertj.core.api.Assertions.assertThat;

/** The two firewalls of a site, of which keepalived makes one the master. */
public final class Firewalls {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration REPLICATED = Duration.ofSeconds(60);

    private final Lab lab;
    private final List<Firewall> firewalls;
    private Firewall victim;

    public Firewalls(Site site) {
        lab = site.lab();
        firewalls = List.of(new Firewall(site, lab.node1()), new Firewall(site, lab.node2()));
    }

    /** Starts both with replication; the first one becomes master. */
    public void start(Pair pair, RoleScript script) {
        firewalls.getFirst().replicates(pair.first());
        firewalls.getLast().replicates(pair.second());
        lab.awaitGreeting();
        start(script);
    }

    /** Starts both, neither of which knows anything of the other's connections. */
    public void startWithoutReplication() {
        start(RoleScript.NONE);
    }

    private void start(RoleScript script) {
        firewalls.getFirst().takesPart(script);
        Eventually.within(SOON, () -> assertThat(firewalls.getFirst().hasSettled(Keepalived.State.MASTER)).isTrue());
        firewalls.getLast().takesPart(script);
        awaitBackup();
    }

    Firewall master() {
        return firewalls.getFirst().isMaster() ? firewalls.getFirst() : firewalls.getLast();
    }

    Firewall backup() {
        return firewalls.getFirst().isMaster() ? firewalls.getLast() : firewalls.getFirst();
    }

    private void awaitBackup() {
        Eventually.within(SOON, () -> {
            assertThat(master().hasSettled(Keepalived.State.MASTER)).as("a master").isTrue();
            assertThat(backup().hasSettled(Keepalived.State.BACKUP)).as("a backup").isTrue();
        });
    }

    /** Puts connections into the kernel of the master that carry nothing, and waits until the backup knows them. */
    public void fill(List<Flow> flows) {
        master().node().kernel().create(flows, 0);
        awaitReplication();
        awaitRest();
    }

    /** Waits until the backup knows each connection of the master, and its own kernel none that it would let pass. */
    public void awaitReplication() {
        Eventually.within(REPLICATED, () -> {
            assertThat(backup().node().daemon().cached("external")).isEqualTo(master().node().kernel().size());
            assertThat(backup().node().kernel().size()).isZero();
        });
    }

    /** A fault befalls the master; what came of that. Returns when the other one is master and the streams go on. */
    public Switchover lose(Fault fault, Streams streams) {
        Switchover switchover = lose(fault);
        streams.awaitProgress(switchover.tookOver());
        return switchover;
    }

    /** A fault befalls the master. Returns when the other one is master. */
    public Switchover lose(Fault fault) {
        victim = master();
        Firewall heir = backup();
        heir.keepalived().watch();
        long struck = System.nanoTime();
        fault.strike(victim);
        Eventually.within(SOON, () -> assertThat(heir.isMaster()).isTrue());
        return new Switchover(fault, struck, heir.keepalived().tookOver());
    }

    /** Makes a backup of the one that the fault befell last, and waits until it knows all, and is warm. */
    public void mend(Fault fault) {
        fault.mend(victim);
        awaitBackup();
        awaitReplication();
        awaitRest();
    }

    /** Waits until the daemons have done what the last fault left to do, or the next one would be measured with it. */
    private void awaitRest() {
        firewalls.forEach(each -> each.node().daemon().awaitRest());
    }
}
