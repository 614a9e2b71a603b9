/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A network namespace: a machine of its own as far as the network goes, with its own table of connections. */
public final class Namespace {
    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    static Namespace create(String name) {
        Commands.expect("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        namespace.expect("ip", "link", "set", "lo", "up");
        return namespace;
    }

    /** Gives a name to the namespace that a process lives in. */
    public static Namespace of(String name, long pid) {
        Commands.expect("ip", "netns", "attach", name, Long.toString(pid));
        return new Namespace(name);
    }

    public String name() {
        return name;
    }

    /** Runs a program in here and returns what it left. */
    public Commands.Result run(String... command) {
        return Commands.run(inside(command), "");
    }

    /** Runs a program in here that has to succeed, and returns its output. */
    public String expect(String... command) {
        return Commands.expect(inside(command), "");
    }

    /** Loads an nftables ruleset. */
    public void nft(String ruleset) {
        Commands.expect(inside("nft", "-f", "-"), ruleset);
    }

    /** The command line that runs a command in here; the process it makes is the command itself. */
    public List<String> inside(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        return all;
    }

    /** Calls something on a thread that lives in here: the sockets it opens belong to this namespace for good. */
    public <T> T call(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(() -> {
            Posix.enterNetwork("/run/netns/" + name);
            return task.call();
        });
        Thread.ofPlatform().name("in " + name).start(future);
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException("in " + name, e);
        }
    }

    /** The numbers of the processes that run in here. */
    public List<String> processes() {
        return processes(name);
    }

    private static List<String> processes(String name) {
        return Commands.run("ip", "netns", "pids", name).output().lines().map(String::strip).toList();
    }

    /** Kills whatever still runs in here and removes the namespace. */
    void delete() {
        delete(name);
    }

    /** Takes the name away. The namespace goes on as long as somebody lives in it. */
    public void forget() {
        Commands.run("ip", "netns", "del", name);
    }

    static void delete(String name) {
        for (String pid : processes(name)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        Commands.run("ip", "netns", "del", name);
    }
}
