/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Namespace;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** A daemon that cannot start says why in one line, ends with status 1 and leaves nothing behind. */
@Tag("netns")
@Timeout(60)
class BadStartIT {
    private static final String PROGRAM = Program.OURS.path();

    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldNameTheConfigurationFileThatIsMissing() {
        Result result = namespace().run(PROGRAM, "-C", "/nonexistent/conntrackd.conf");
        expectOneLine(result, "/nonexistent/conntrackd.conf");
        expectNothingLeft(lab.node1().config());
    }

    @Test
    void shouldNameTheLineOfASyntaxError() throws IOException {
        ConfigFile config = lab.node1().config().mode("Nonsense 17");
        expectOneLine(start(config), "conntrackd.conf:3");
        expectNothingLeft(config);
    }

    @Test
    void shouldRespectTheLockOfAnotherDaemon() throws IOException {
        ConfigFile config = lab.node1().config();
        Files.createFile(config.lock());
        expectOneLine(start(config), config.lock().toString());
        assertThat(config.lock()).exists();
        assertThat(config.socket()).doesNotExist();
        expectNoProcess();
    }

    @Test
    void shouldNameTheCapabilityThatIsMissing() {
        ConfigFile config = lab.node1().config();
        Result result = namespace().run("setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin",
            PROGRAM, "-C", config.write().toString());
        expectOneLine(result, "CAP_NET_ADMIN");
        expectNothingLeft(config);
    }

    private Namespace namespace() {
        return lab.node1().namespace();
    }

    private Result start(ConfigFile config) {
        return namespace().run(PROGRAM, "-C", config.write().toString());
    }

    /** One error. A warning about the same matter may come before it, from the reader of the configuration. */
    private static void expectOneLine(Result result, String word) {
        assertThat(result.status()).as(result.errors()).isEqualTo(1);
        assertThat(result.errors().lines().filter(line -> !line.contains("[warning]")).toList())
            .singleElement().asString().contains("[ERROR]", word);
    }

    private void expectNothingLeft(ConfigFile config) {
        assertThat(config.lock()).doesNotExist();
        assertThat(config.socket()).doesNotExist();
        expectNoProcess();
    }

    private void expectNoProcess() {
        assertThat(lab.node1().namespace().processes()).isEmpty();
    }
}
