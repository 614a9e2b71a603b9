/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The folder under target/artefacts that holds what a failed test left. */
public final class Artefacts {
    private final Path folder;

    private Artefacts(Path folder) {
        this.folder = folder;
    }

    /** Writes what is left of one part of a fixture. */
    @FunctionalInterface
    public interface Source {
        /** Writes files into a folder, which exists. */
        void saveTo(Path folder) throws IOException;
    }

    /** The artefacts of a test, in a folder of this title if there are several fixtures. */
    public static Artefacts of(ExtensionContext test, String title) {
        String name = test.getRequiredTestClass().getSimpleName() + "."
            + test.getRequiredTestMethod().getName() + "-" + test.getDisplayName().replaceAll("[^\\w]+", "-");
        Path folder = Path.of("target", "artefacts", name, title);
        System.err.println("artefacts: " + folder.toAbsolutePath());
        return new Artefacts(folder);
    }

    /** Keeps what one part left. Whatever cannot be had is told and does not hide why the test failed. */
    public void keep(String part, Source source) {
        try {
            source.saveTo(Files.createDirectories(folder.resolve(part)));
        } catch (IOException | RuntimeException e) {
            System.err.println("no artefacts of " + part + ": " + e);
        }
    }
}
