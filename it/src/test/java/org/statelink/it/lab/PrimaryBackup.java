/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The script by which keepalived drives conntrackd, as Debian ships it, and a machine on which all that it names leads
 * to a node's files: a mount namespace, so that nothing of the host changes.
 */
public final class PrimaryBackup {
    /** The way of Debian's program is covered, so that runs from a copy. */
    private static final String HOST = """
        set -e
        directory=$1
        shift
        mkdir -p /etc/conntrackd
        touch /etc/conntrackd/conntrackd.conf
        mount --bind "$directory/conntrackd.conf" /etc/conntrackd/conntrackd.conf
        mount --bind "$directory/logger" /usr/bin/logger
        mount --bind "$directory/conntrackd" /usr/sbin/conntrackd
        mount --bind "$directory" /var/lock
        exec "$@"
        """;

    private final Path directory;

    /** For a node whose configuration is written. */
    public PrimaryBackup(ConfigFile config, Program program) {
        directory = config.path().getParent();
        executable("logger", "echo \"$*\" >> " + logged());
        executable("conntrackd", "exec " + (program == Program.REFERENCE ? copy(program) : program.path()) + " \"$@\"");
        Commands.expect("sh", "-c",
            "zcat -f /usr/share/doc/conntrackd/examples/sync/primary-backup.sh* > " + script());
    }

    private Path copy(Program program) {
        try {
            Path copy = directory.resolve("copy");
            return Files.exists(copy) ? copy : Files.copy(Path.of(program.path()), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void executable(String name, String command) {
        try {
            Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + command + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path script() {
        return directory.resolve("primary-backup.sh");
    }

    /** What the script has told syslog. */
    public Path logged() {
        return directory.resolve("logged");
    }

    /** The command line that runs a command on that machine; the process it makes is the command itself. */
    public List<String> inside(String... command) {
        List<String> all = new ArrayList<>(
            List.of("unshare", "--mount", "sh", "-c", HOST, "sh", directory.toString()));
        all.addAll(List.of(command));
        return all;
    }
}
