/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport has to do, between two network namespaces. Needs root. */
public abstract class TransportContract {
    private static final int VETH_MTU = 1500;

    private NamespacePair namespaces;
    private LiveNode a;
    private LiveNode b;

    /** The transport. */
    protected abstract SyncTransportProvider provider();

    /** Options for a link in namespace A (1) or B (2), on the device given. */
    protected abstract LinkOptions options(int node, String device);

    /** Bytes of each packet that headers take. */
    protected abstract int overhead();

    /** Options with a local address, ending with 77, that no host has; null if the transport has no such option. */
    protected abstract LinkOptions foreignAddress();

    @BeforeEach
    void openNamespaces() {
        namespaces = new NamespacePair();
        a = new LiveNode(NamespacePair.A);
        b = new LiveNode(NamespacePair.B);
    }

    @AfterEach
    void closeNamespaces() {
        a.close();
        b.close();
        namespaces.close();
    }

    @Test
    void shouldBeFoundByItsName() throws LinkException {
        assertThat(SyncTransportProvider.named(provider().name())).hasSameClassAs(provider());
    }

    @Test
    void shouldCarryPacketsBothWaysAndCountThem() {
        SyncLink linkA = open(a, 1);
        SyncLink linkB = open(b, 2);

        a.send(linkA, 100, 1);
        LiveNode.await(() -> b.receivedBytes().length == 100);
        b.send(linkB, 200, 2);
        LiveNode.await(() -> a.receivedBytes().length == 200);

        assertThat(b.receivedBytes()).containsOnly(1);
        assertThat(a.receivedBytes()).as("not our own packet").containsOnly(2);
        LinkCounters counters = a.call(linkA::counters);
        assertThat(counters.packetsSent()).isEqualTo(1);
        assertThat(counters.bytesSent()).isEqualTo(100);
        assertThat(counters.packetsReceived()).isEqualTo(1);
        assertThat(counters.bytesReceived()).isEqualTo(200);
        assertThat(counters.sendErrors() + counters.receiveErrors()).isZero();
    }

    @Test
    void shouldCarryAFullPacket() {
        SyncLink linkA = open(a, 1);
        open(b, 2);
        assertThat(linkA.mtu()).isEqualTo(VETH_MTU);
        assertThat(linkA.batchLimit()).isEqualTo(VETH_MTU - overhead());

        a.send(linkA, linkA.batchLimit() - 1, 3);

        LiveNode.await(() -> b.receivedBytes().length == linkA.batchLimit() - 1);
        assertThat(b.received()).as("not fragmented").hasSize(1);
        assertThat(b.receivedBytes()).containsOnly(3);
    }

    @Test
    void shouldCarryABurstInOrder() {
        SyncLink linkA = open(a, 1);
        open(b, 2);

        a.call(() -> {
            for (int packet = 0; packet < 100; packet++) {
                a.send(linkA, 50, packet);
            }
            return null;
        });

        LiveNode.await(() -> b.receivedBytes().length == 100 * 50);
        for (int packet = 0; packet < 100; packet++) {
            assertThat(Arrays.copyOfRange(b.receivedBytes(), packet * 50, packet * 50 + 50)).containsOnly(packet);
        }
    }

    @Test
    void shouldSayWhichInterfaceDoesNotExist() {
        LinkException failure = failure(a.open(provider(), options(1, "nosuch0")));

        assertThat(failure.reason()).isEqualTo(LinkException.Reason.UNKNOWN_INTERFACE);
        assertThat(failure).hasMessage("there is no network interface `nosuch0'");
    }

    @Test
    void shouldSayWhichAddressIsNotHere() {
        LinkOptions options = foreignAddress();
        if (options != null) {
            LinkException failure = failure(a.open(provider(), options));

            assertThat(failure.reason()).isEqualTo(LinkException.Reason.ADDRESS_NOT_ON_HOST);
            assertThat(failure).hasMessageEndingWith("77");
        }
    }

    @Test
    void shouldRefuseOptionsOfAnotherTransport() {
        LinkOptions foreign = new LinkOptions() {
            @Override
            public String interfaceName() {
                return NamespacePair.DEVICE;
            }

            @Override
            public boolean preferred() {
                return false;
            }
        };

        assertThat(failure(a.open(provider(), foreign)).reason()).isEqualTo(LinkException.Reason.BAD_OPTIONS);
    }

    /** A node, whose thread is in namespace A (1) or B (2). */
    protected final LiveNode node(int number) {
        return number == 1 ? a : b;
    }

    /** A link that is open. */
    protected final SyncLink open(LiveNode node, int number) {
        return node.open(provider(), options(number, NamespacePair.DEVICE)).syncUninterruptibly().getNow();
    }

    private static LinkException failure(Future<SyncLink> opening) {
        assertThat(opening.awaitUninterruptibly(10_000)).isTrue();
        assertThat(opening.cause()).isInstanceOf(LinkException.class);
        return (LinkException) opening.cause();
    }
}
