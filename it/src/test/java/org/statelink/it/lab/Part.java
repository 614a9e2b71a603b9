/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.nio.file.Path;

/** Something that a test adds to the lab and that ends with it. */
public interface Part {
    /** The name of the folder of what it leaves. */
    String name();

    /** Leaves all that helps to see what went wrong, in a folder that exists. */
    void saveArtefacts(Path folder) throws IOException;

    /** Ends it. What runs in the lab's namespaces is ended with them. */
    void close();
}
