/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import org.statelink.it.lab.Commands;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.Controlled;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.LinkAddresses;
import org.statelink.it.lab.Machine;
import org.statelink.it.lab.Namespace;
import org.statelink.it.lab.Program;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A firewall in a container: a kernel table of its own, both programs, and a directory that it shares with the test,
 * at the same place. The container stands for a machine, and lives on when a daemon in it ends.
 */
public final class Firewall {
    private static final String IDLE = "/bin/sleep 1d";
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(30);

    private final int number;
    private final Path directory;
    private final LinkAddresses place;
    private final GenericContainer<?> container;
    private Namespace namespace;
    private Kernel kernel;
    private InstalledDaemon daemon;

    Firewall(int number, SyncBridge bridge, Path directory) throws IOException {
        this.number = number;
        this.directory = Files.createDirectory(directory);
        place = bridge.place(number);
        container = new GenericContainer<>(DockerImageName.parse(Image.name()))
            .withImagePullPolicy(image -> false)
            .withNetwork(bridge.network())
            .withLabels(Engine.labels())
            .withCommand(IDLE)
            .withCreateContainerCmdModifier(this::configure);
    }

    private void configure(CreateContainerCmd command) {
        command.withIpv4Address(place.ipv4()).withIpv6Address(place.ipv6());
        // what Testcontainers mounts itself it tries in another container first, whose image it would have to pull
        command.getHostConfig().withInit(true).withCapAdd(Capability.NET_ADMIN, Capability.SYS_NICE)
            .withBinds(new Bind(directory.toString(), new Volume(directory.toString())));
    }

    /** Returns when it runs. */
    void boot() {
        container.start();
        enter();
    }

    private void enter() {
        long process = container.getCurrentContainerInfo().getState().getPidLong();
        namespace = Namespace.of(Machine.namespaceName("container" + number + "-" + process), process);
        kernel = new Kernel(namespace);
        kernel.prepare();
    }

    String name() {
        return "firewall" + number;
    }

    Namespace namespace() {
        return namespace;
    }

    /** The table of its kernel, whether it is paused or not. */
    public Kernel kernel() {
        return kernel;
    }

    /** A configuration, which is yet to be written. */
    public ConfigFile config() {
        return new ConfigFile(directory, network -> place);
    }

    /** Starts a daemon with the usual configuration and returns when it answers. */
    public InstalledDaemon start(Program program) {
        return start(program, config());
    }

    /** Starts a daemon and returns when it answers. The lock of one that was killed is removed, as conntrackd wants. */
    public InstalledDaemon start(Program program, ConfigFile config) {
        removeLock(config);
        daemon = InstalledDaemon.start(this, program, config, directory.resolve("log"));
        return daemon;
    }

    private static void removeLock(ConfigFile config) {
        try {
            Files.deleteIfExists(config.lock());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The daemon that was started last. */
    public InstalledDaemon daemon() {
        return daemon;
    }

    String id() {
        return container.getContainerId();
    }

    /** Runs a program in it to its end. */
    public Commands.Result run(String... command) {
        try {
            ExecResult result = container.execInContainer(command);
            return new Commands.Result(result.getExitCode(), result.getStdout(), result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every connection as conntrack shows it, comparable with {@link Kernel#flowsAsCached()}. */
    public SortedSet<String> connections() {
        return Controlled.flows(shown("ipv4") + shown("ipv6"));
    }

    /** A daemon's dumps have no timeout between a protocol's number and its state. */
    private String shown(String family) {
        return run("conntrack", "-L", "-f", family).output().replaceAll("(?m)^(\\S+ +\\d+) \\d+", "$1");
    }

    /** Freezes all that runs in it. Its kernel goes on. The engine gives up on a thread that is slow to stop. */
    public void pause() {
        Eventually.within(FREEZE_LIMIT, () -> Engine.client().pauseContainerCmd(id()).exec());
    }

    /** Lets it go on after a pause. */
    public void resume() {
        Engine.client().unpauseContainerCmd(id()).exec();
    }

    /** Takes its power and gives it back: it runs with an empty table and without a daemon. */
    public void reboot() {
        namespace.forget();
        Engine.client().restartContainerCmd(id()).withTimeout(0).exec();
        enter();
    }

    /** Leaves all that helps to see what went wrong. */
    void saveArtefacts(Path folder) throws IOException {
        for (Path file : new Path[] {directory.resolve("log"), config().path()}) {
            if (Files.exists(file)) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.write(folder.resolve("kernel"), kernel.flows());
        if (daemon != null && daemon.isAlive()) {
            daemon.saveAnswers(folder);
        }
    }

    void remove() {
        if (namespace != null) {
            namespace.forget();
        }
        if (id() != null) {
            Engine.removeContainer(id());
        }
    }
}
