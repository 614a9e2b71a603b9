/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkChannelFactory;

/** What a kernel tells of network interfaces: run on the double and on the real one. */
abstract class InterfaceContract {
    private MonitorFixture fixture;

    abstract NetlinkChannelFactory kernel();

    /** Adds an interface that is switched off. */
    abstract void add(String name);

    abstract void set(String name, InterfaceStatus status);

    abstract void rename(String from, String to);

    abstract void remove(String name);

    abstract void addAddress(String name);

    @BeforeEach
    void open() throws Exception {
        add("early0");
        set("early0", InterfaceStatus.RUNNING);
        fixture = new MonitorFixture(kernel());
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void shouldKnowWhatThereIsAtTheStart() throws Exception {
        assertThat(fixture.status("early0")).contains(InterfaceStatus.RUNNING);
        assertThat(fixture.status("late0")).isEmpty();
        assertThat(fixture.malformed()).isZero();
    }

    @Test
    void shouldTellOfAnInterfaceFromItsCreationToItsEnd() throws Exception {
        add("late0");
        fixture.await("late0 DOWN");
        set("late0", InterfaceStatus.RUNNING);
        fixture.await("late0 RUNNING");
        set("late0", InterfaceStatus.NO_CARRIER);
        fixture.await("late0 NO-CARRIER");
        set("late0", InterfaceStatus.DOWN);
        fixture.await("late0 DOWN");
        remove("late0");
        fixture.await("late0 gone");
        assertThat(fixture.status("late0")).isEmpty();
        assertThat(fixture.malformed()).isZero();
    }

    @Test
    void shouldGiveAnInterfaceThatIsMadeAnewAnotherIndex() throws Exception {
        int index = fixture.index("early0");
        remove("early0");
        fixture.await("early0 gone");
        add("early0");
        fixture.await("early0 DOWN");
        assertThat(fixture.index("early0")).isNotEqualTo(index);
    }

    @Test
    void shouldTellOfANewName() throws Exception {
        set("early0", InterfaceStatus.DOWN);
        fixture.await("early0 DOWN");
        int index = fixture.index("early0");
        rename("early0", "renamed0");
        fixture.await("early0 gone");
        fixture.await("renamed0 DOWN");
        assertThat(fixture.index("renamed0")).isEqualTo(index);
    }

    @Test
    void shouldTellAgainOfAnInterfaceThatGetsAnAddress() throws Exception {
        fixture.forget();
        addAddress("early0");
        fixture.await("early0 RUNNING");
    }
}
