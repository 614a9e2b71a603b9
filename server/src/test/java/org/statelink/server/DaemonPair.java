/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.statelink.config.ConfigReader;
import org.statelink.config.Metrics;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;

/** Two daemons, a and b, in one process, each with a kernel in memory, over multicast on the loopback interface. */
final class DaemonPair implements AutoCloseable {
    final KernelDouble kernelOfA;
    final KernelDouble kernelOfB = new KernelDouble();
    private final Path directory;
    private final int port;
    private Daemon a;
    private Daemon b;

    /** Starts both in the same mode: what a configuration says between {@code Mode} and the closing brace. */
    DaemonPair(Path directory, String mode) throws Exception {
        this(directory, mode, mode, new KernelDouble());
    }

    /** Starts a on a kernel that may have flows already, then b. */
    DaemonPair(Path directory, String modeOfA, String modeOfB, KernelDouble kernelOfA) throws Exception {
        this(directory, modeOfA, modeOfB, kernelOfA, Metrics.OFF);
    }

    /** Starts both in the same mode, b with metrics. */
    DaemonPair(Path directory, String mode, Metrics metricsOfB) throws Exception {
        this(directory, mode, mode, new KernelDouble(), metricsOfB);
    }

    private DaemonPair(Path directory, String modeOfA, String modeOfB, KernelDouble kernelOfA, Metrics metricsOfB)
        throws Exception {
        this.directory = directory;
        this.kernelOfA = kernelOfA;
        port = DaemonClients.freePort();
        a = start("a", modeOfA, kernelOfA, Metrics.OFF);
        b = start("b", modeOfB, kernelOfB, metricsOfB);
    }

    private Daemon start(String name, String mode, KernelDouble kernel, Metrics metrics) throws Exception {
        Path file = directory.resolve(name + ".conf");
        Files.writeString(file, """
            Sync {
                Mode %s }
                Multicast {
                    IPv4_address 225.0.0.50
                    Group %d
                    IPv4_interface 127.0.0.1
                    Interface lo
                }
            }
            General {
                NetlinkBufferSize 2097152
                NetlinkBufferSizeMaxGrowth 8388608
                LockFile %s
                UNIX { Path %s
                }
                Filter From Userspace {
                    Address Ignore {
                        IPv4_address 127.0.0.1
                    }
                }
            }
            """.formatted(mode, port, directory.resolve(name + ".lock"), directory.resolve(name + ".ctl")));
        return Daemon.start(ConfigReader.read(file).config().withMetrics(metrics), kernel);
    }

    /** Stops a. */
    void stopA() {
        a.close();
        a = null;
    }

    /** Sends a request to one of them and returns the answer. */
    String ask(String name, ControlRequest request) {
        return clients().ask(name, request);
    }

    /** Entries of a cache. */
    long external(String name) {
        return ask(name, ControlRequest.CT_DUMP_EXTERNAL).lines().count();
    }

    long internal(String name) {
        return ask(name, ControlRequest.CT_DUMP_INTERNAL).lines().count();
    }

    void await(BooleanSupplier condition) {
        clients().await(condition, "b", ControlRequest.STATS, ControlRequest.STATS_NETWORK);
    }

    private DaemonClients clients() {
        return new DaemonClients(directory);
    }

    @Override
    public void close() {
        if (a != null) {
            a.close();
        }
        b.close();
    }
}
