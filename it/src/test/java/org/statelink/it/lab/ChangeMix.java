/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to a busy kernel's table, mixed: connections that a program makes, changes, deletes and makes again,
 * commands of conntrack, and real traffic.
 */
public final class ChangeMix {
    private static final int BATCH = 2_000;
    private static final int COMMANDS = 30;
    private static final int CONNECTIONS = 100;
    private static final int QUESTIONS = 60;

    private final Kernel kernel;
    private final Traffic traffic;
    private final Random random;
    private final List<Flow> pool;
    private final boolean[] exists;
    private int round;

    /** Changes with {@code pool} connections beside those of the traffic. */
    public ChangeMix(Kernel kernel, Traffic traffic, Random random, int pool) {
        this.kernel = kernel;
        this.traffic = traffic;
        this.random = random;
        this.pool = FlowMix.knownToReference().take(pool);
        exists = new boolean[pool];
    }

    /** Some of everything: between two and three thousand changes. */
    public void nextRound() {
        write();
        command();
        traffic.connect(CONNECTIONS);
        traffic.ask(QUESTIONS);
    }

    private void write() {
        List<Flow> create = new ArrayList<>();
        List<Flow> update = new ArrayList<>();
        List<Flow> delete = new ArrayList<>();
        int from = random.nextInt(pool.size());
        for (int i = 0; i < Math.min(BATCH, pool.size()); i++) {
            int index = (from + i) % pool.size();
            if (!exists[index]) {
                create.add(pool.get(index));
                exists[index] = true;
            } else if (random.nextBoolean()) {
                update.add(pool.get(index).mark(1 + random.nextInt(1_000)));
            } else {
                delete.add(pool.get(index));
                exists[index] = false;
            }
        }
        kernel.create(create, 0);
        kernel.update(update, 0);
        kernel.delete(delete, 0);
    }

    /** Makes some connections, changes one of them and deletes another: for each of these it reads the whole table. */
    private void command() {
        String source = "198.51." + round / 250 % 250 + '.' + round % 250;
        round++;
        List<String> make = new ArrayList<>();
        for (int port = 1; port <= COMMANDS; port++) {
            make.add("-I -t 3000 -m 1 -p udp -s " + source + " -d 203.0.113.7 --dport 53 --sport " + port);
        }
        kernel.conntrack(make, "-R", "/dev/stdin");
        kernel.conntrack(List.of(), "-U", "-p", "udp", "-s", source, "--sport", "1",
            "-m", Integer.toString(2 + random.nextInt(1_000)));
        kernel.conntrack(List.of(), "-D", "-p", "udp", "-s", source, "--sport", "2");
    }
}
