/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two network namespaces joined by a cable, for integration tests; both are deleted at the end, or when killed. */
public final class NamespacePair implements AutoCloseable {
    public static final String A;
    public static final String B;
    public static final String DEVICE = "link0";
    private static final String PREFIX = "ut";
    private static final Pattern NAME = Pattern.compile("^" + PREFIX + "(\\d+)[ab]\\b", Pattern.MULTILINE);
    private static final int LIMIT_SECONDS = 20;

    static {
        String process = PREFIX + ProcessHandle.current().pid();
        A = process + 'a';
        B = process + 'b';
    }

    private final Thread cleaner = new Thread(NamespacePair::delete);

    public NamespacePair() {
        delete();
        deleteLeftovers();
        Runtime.getRuntime().addShutdownHook(cleaner);
        run("ip", "netns", "add", A);
        run("ip", "netns", "add", B);
        run("ip", "link", "add", DEVICE, "netns", A, "type", "veth", "peer", "name", DEVICE, "netns", B);
        configure(A, 1);
        configure(B, 2);
        // packets are lost until the kernel has noticed that the cable is plugged in at both ends
        LiveNode.await(() -> isUp(A) && isUp(B));
    }

    private static void configure(String namespace, int number) {
        run("ip", "-n", namespace, "addr", "add", "198.51.100." + number + "/24", "dev", DEVICE);
        run("ip", "-n", namespace, "addr", "add", "2001:db8::" + number + "/64", "dev", DEVICE, "nodad");
        run("ip", "-n", namespace, "addr", "add", "fe80::" + number + "/64", "dev", DEVICE, "nodad");
        run("ip", "-n", namespace, "link", "set", DEVICE, "up");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    private static boolean isUp(String namespace) {
        return run("ip", "-n", namespace, "link", "show", DEVICE).contains("state UP");
    }

    /** Runs a command; fails if the command does. Returns its output. */
    public static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A command line that runs in the namespace. */
    public static String[] in(String namespace, String... command) {
        String[] full = new String[command.length + 4];
        full[0] = "ip";
        full[1] = "netns";
        full[2] = "exec";
        full[3] = namespace;
        System.arraycopy(command, 0, full, 4, command.length);
        return full;
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(cleaner);
    }

    private static void delete() {
        delete(A);
        delete(B);
    }

    /** What runs that were killed have left. */
    private static void deleteLeftovers() {
        Matcher names = NAME.matcher(run("ip", "netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                delete(names.group());
            }
        }
    }

    private static void delete(String namespace) {
        try {
            new ProcessBuilder("ip", "netns", "del", namespace).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
