/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.InetAddress;
import java.util.OptionalLong;

/** What a reader and {@link ConfigCheck} ask about the host; called on the thread that reads. */
public interface Environment {
    /** Whether a network interface of that name exists now. */
    boolean hasInterface(String name);

    /** Whether some interface has that address now. */
    boolean hasAddress(InetAddress address);

    /**
     * A kernel setting.
     *
     * @param name as sysctl(8) names it, such as net.core.rmem_max
     * @return empty if this kernel has it not, or it is no number
     */
    OptionalLong sysctl(String name);

    /** The number of a layer-4 protocol by its name or alias in the system's database; -1 if it is not there. */
    int protocolNumber(String name);

    /** A variable of the process's environment; empty if it is not set. */
    String variable(String name);

    /** This host, in the network namespace of the process. */
    static Environment host() {
        return new HostEnvironment();
    }
}
