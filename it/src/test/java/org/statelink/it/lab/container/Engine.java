/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.testcontainers.DockerClientFactory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The Docker engine of this machine. All that the tests make there bears a label with the number of their process, by
 * which what a killed run left is told from everything else.
 */
final class Engine {
    private static final String LABEL = "org.statelink.it";
    private static final String OWN = Long.toString(ProcessHandle.current().pid());

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Engine::removeOwn, "container cleaner"));
    }

    private Engine() {
    }

    /** Skips the test where no engine answers, with the reason. */
    static void assumeThere() {
        String reason = Optional.ofNullable(System.getenv("STATELINK_NO_DOCKER")).orElse("start dockerd");
        assumeTrue(isThere(), () -> "no Docker engine answers: " + reason);
    }

    private static boolean isThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    /** What marks a container or a network as made by this run. */
    static Map<String, String> labels() {
        return Map.of(LABEL, OWN);
    }

    /** Removes the containers and networks of runs that were killed. */
    static void removeLeftovers() {
        remove(run -> ProcessHandle.of(Long.parseLong(run)).isEmpty());
    }

    private static void removeOwn() {
        if (isThere()) {
            remove(OWN::equals);
        }
    }

    private static void remove(Predicate<String> ofRun) {
        List<String> label = List.of(LABEL);
        client().listContainersCmd().withShowAll(true).withLabelFilter(label).exec().stream()
            .filter(container -> ofRun.test(container.getLabels().get(LABEL)))
            .forEach(container -> removeContainer(container.getId()));
        client().listNetworksCmd().withFilter("label", label).exec().stream()
            .filter(network -> ofRun.test(network.getLabels().get(LABEL)))
            .forEach(network -> removeNetwork(network.getId()));
    }

    /** Kills and removes a container, running, paused or ended. */
    static void removeContainer(String id) {
        unlessGone(() -> client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
    }

    static void removeNetwork(String id) {
        unlessGone(() -> client().removeNetworkCmd(id).exec());
    }

    /** Another run may clean up at the same time. */
    private static void unlessGone(Runnable removal) {
        try {
            removal.run();
        } catch (DockerException e) {
            System.err.println("not removed: " + e.getMessage());
        }
    }
}
