/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.statelink.it.lab.Commands;

import static org.assertj.core.api.Assertions.assertThat;

/** The image of a firewall with both programs, made from the checkout and from what is on this machine. */
final class Image {
    private static final Path MAKER = Path.of("../lab/image").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NAME = make();

    private Image() {
    }

    /** Its name, which is made of its content. It is there. */
    static String name() {
        return NAME;
    }

    private static String make() {
        Commands.Result result = Commands.run(List.of(MAKER.toString()), "", LIMIT);
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output().strip();
    }
}
