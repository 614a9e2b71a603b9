/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.memory.KernelDouble;

/** The contract on the kernel in memory, and what only that can do. */
class InterfaceDoubleTest extends InterfaceContract {
    private final KernelDouble kernel = new KernelDouble();

    @Override
    NetlinkChannelFactory kernel() {
        return kernel;
    }

    @Override
    void add(String name) {
        kernel.interfaces().set(name, InterfaceStatus.DOWN);
    }

    @Override
    void set(String name, InterfaceStatus status) {
        kernel.interfaces().set(name, status);
    }

    @Override
    void rename(String from, String to) {
        kernel.interfaces().rename(from, to);
    }

    @Override
    void remove(String name) {
        kernel.interfaces().remove(name);
    }

    @Override
    void addAddress(String name) {
        kernel.interfaces().addAddress(name, false);
    }

    @Test
    void shouldReadAllAgainAfterAnOverrun() throws Exception {
        add("kept0");
        MonitorFixture fixture = new MonitorFixture(kernel);
        fixture.forget();
        kernel.interfaces().overrun();
        remove("early0");
        add("missed0");

        // what happens once the table is read again is told when it happens
        fixture.awaitInAnyOrder("missed0 DOWN", "early0 gone", "kept0 DOWN");
        assertThat(fixture.status("early0")).isEmpty();
        fixture.close();
    }

    @Test
    void shouldNotTellOfAnAddressThatIsStillChecked() throws Exception {
        MonitorFixture fixture = new MonitorFixture(kernel);
        fixture.forget();
        kernel.interfaces().addAddress("early0", true);
        add("after0");

        assertThat(fixture.next()).isEqualTo("after0 DOWN");
        fixture.close();
    }
}
