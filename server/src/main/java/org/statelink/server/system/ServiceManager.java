/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd how the daemon is, by the protocol of {@code sd_notify(3)}; without systemd, nobody. What it does not
 * take is lost, as it is with conntrackd. Any thread.
 */
public final class ServiceManager implements AutoCloseable {
    /** Nobody is told. */
    public static final ServiceManager NONE = new ServiceManager(Optional.empty(), 0);

    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_MICROS = "WATCHDOG_USEC";
    private static final String WATCHDOG_PID = "WATCHDOG_PID";

    private final Optional<DatagramSender> socket;
    private final long watchdogNanos;

    private ServiceManager(Optional<DatagramSender> socket, long watchdogNanos) {
        this.socket = socket;
        this.watchdogNanos = watchdogNanos;
    }

    /** The one that this environment names. */
    public static ServiceManager of(Map<String, String> environment) {
        String address = environment.getOrDefault(SOCKET, "");
        if (!address.startsWith("/") && !address.startsWith("@")) {
            return NONE;
        }
        try {
            return new ServiceManager(Optional.of(DatagramSender.to(address)), watchdogNanos(environment));
        } catch (IOException e) {
            return NONE;
        }
    }

    private static long watchdogNanos(Map<String, String> environment) {
        String micros = environment.getOrDefault(WATCHDOG_MICROS, "");
        String pid = environment.getOrDefault(WATCHDOG_PID, "");
        boolean meant = pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
        return meant && micros.matches("[0-9]{1,15}") ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) : 0;
    }

    /** Leaves the watchdog of this process to a child that takes its place, in whose environment this is. */
    public static void handOver(Map<String, String> environment) {
        environment.remove(WATCHDOG_PID, Long.toString(ProcessHandle.current().pid()));
    }

    /** Nanoseconds within which systemd wants a sign of life; 0: it wants none. */
    public long watchdogNanos() {
        return watchdogNanos;
    }

    /** The daemon serves. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** Another process, not this one, is the daemon, and it serves. In one message, so that the order is sure. */
    public void ready(long mainPid, String status) {
        send("MAINPID=" + mainPid + "\nREADY=1\nSTATUS=" + status);
    }

    /** It reads its configuration again; {@link #ready(String)} follows. */
    public void reloading() {
        // systemd compares with CLOCK_MONOTONIC, which is what the JDK's clock is on Linux
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        send("RELOADING=1\nMONOTONIC_USEC=" + micros + "\nSTATUS=Reloading");
    }

    /** It ends. */
    public void stopping() {
        send("STOPPING=1\nSTATUS=Stopping");
    }

    /** It lives. */
    public void alive() {
        send("WATCHDOG=1");
    }

    private void send(String message) {
        socket.ifPresent(to -> to.send(message));
    }

    @Override
    public void close() {
        socket.ifPresent(DatagramSender::close);
    }
}
