/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Part;

/** keepalived of a firewall, which gives it both shared addresses or none, and tells it its role. */
final class Keepalived implements Part {
    private static final Pattern ENTERING = Pattern.compile("\\((\\w+)\\) Entering (\\w+) STATE");
    private static final Pattern SETTING = Pattern.compile("\\(\\w+\\) setting VIPs");
    private static final List<String> INSTANCES = List.of("inside", "outside");

    /** The states of VRRP, and that of what does not run. */
    enum State { STOPPED, BACKUP, MASTER, FAULT }

    private final Node node;
    private final Path file;
    private final List<Path> numbers;
    private final String text;
    private final List<String> command;
    private final List<String> log = new ArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    private Process process;
    private Thread reader;
    private long tookOver;

    Keepalived(Node node, RoleScript script) {
        this.node = node;
        file = node.config().path().resolveSibling("keepalived.conf");
        numbers = List.of(file.resolveSibling("keepalived.pid"), file.resolveSibling("vrrp.pid"));
        text = text(node.number(), script.notifications(node));
        command = node.namespace().inside(script.machine(node, "keepalived", "-n", "-l", "-D", "-P", "-f",
            file.toString(), "-p", numbers.getFirst().toString(), "-r", numbers.getLast().toString())
            .toArray(String[]::new));
    }

    /** Starts it as a backup, which does not take over from a master that lives. */
    void start() {
        try {
            Files.writeString(file, text);
            for (Path left : numbers) {
                // after a power cut it takes whoever has its old number now for itself, and does not start
                Files.deleteIfExists(left);
            }
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        reader = Thread.ofPlatform().daemon().name("keepalived of " + node.name()).start(() -> {
            output.lines().forEach(this::read);
            ended();
        });
    }

    private synchronized void read(String line) {
        log.add(System.nanoTime() / 1000 % 1_000_000_000 + " " + line);
        Matcher entering = ENTERING.matcher(line);
        if (entering.find()) {
            states.put(entering.group(1), State.valueOf(entering.group(2)));
        } else if (tookOver == 0 && SETTING.matcher(line).find()) {
            tookOver = System.nanoTime();
        }
    }

    private synchronized void ended() {
        states.clear();
    }

    /** Whether both instances are in a state. */
    synchronized boolean is(State state) {
        return INSTANCES.stream().allMatch(name -> states.getOrDefault(name, State.STOPPED) == state);
    }

    /** Forgets when it took the shared addresses. */
    synchronized void watch() {
        tookOver = 0;
    }

    /** When it began to take the shared addresses since {@link #watch}, in nanoseconds; 0 if it has not. */
    synchronized long tookOver() {
        return tookOver;
    }

    /** Ends it in good order, as a service is stopped; returns before it has ended. */
    void terminate() {
        // its own destroy() would close the output as well
        process.toHandle().destroy();
    }

    /** Waits until all that it said has been read. */
    void awaitEnd() {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * It has real-time priority, as the daemons have; with the bound that it sets itself then, of 10 ms of work at a
     * time, it would be killed on a busy machine.
     */
    private static String text(int number, String notifications) {
        return """
            global_defs {
                vrrp_version 3
                vrrp_rt_priority 50
                vrrp_rlimit_rttime 1000000
                script_user root
            }
            vrrp_sync_group firewall {
                group {
                    inside
                    outside
                }
            %s}
            """.formatted(notifications)
            + instance("inside", Site.INSIDE, 61, number, Site.INSIDE_SHARED)
            + instance("outside", Site.OUTSIDE, 62, number, Site.OUTSIDE_SHARED);
    }

    /** One brace a line is what keepalived reads. */
    private static String instance(String name, String networkInterface, int router, int number, String address) {
        return """
            vrrp_instance %s {
                interface %s
                state BACKUP
                nopreempt
                virtual_router_id %d
                priority %d
                advert_int 0.2
                virtual_ipaddress {
                    %s/24
                }
            }
            """.formatted(name, networkInterface, router, 200 - 50 * number, address);
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public synchronized void saveArtefacts(Path folder) throws IOException {
        Files.write(folder.resolve("keepalived.log"), log);
        Files.writeString(folder.resolve("keepalived.conf"), text);
    }

    @Override
    public void close() {
        // ends with its node
    }
}
