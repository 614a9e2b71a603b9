/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PeerTableTest {
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(5);

    private final PeerTable table = new PeerTable(SessionOptions.defaults());

    @Test
    void shouldFindPeersByLinkAndAddress() {
        Peer first = heard(0, address(1), 0);
        Peer second = heard(0, address(2), 0);

        assertThat(table.find(0, address(1))).isSameAs(first);
        assertThat(table.find(0, address(2))).isSameAs(second);
        assertThat(table.find(1, address(1))).isNull();
        assertThat(table.find(0, address(3))).isNull();
        assertThat(table.mask()).isEqualTo(3);
    }

    @Test
    void shouldRecogniseAPeerOnALinkThatWasOpenedAnew() {
        Peer peer = heard(0, address(1), 0);
        peer.received(1000);
        assertThat(table.recognise(0, 1001)).isNull();

        table.linkRenewed(0);

        assertThat(table.find(0, address(1))).as("where it was").isSameAs(peer);
        assertThat(table.recognise(0, 1001)).as("elsewhere").isSameAs(peer);
        peer.heard(0, address(2), 1);
        assertThat(table.find(0, address(2))).isSameAs(peer);
        assertThat(table.recognise(0, 1002)).isNull();
    }

    @Test
    void shouldRecogniseTheOnePeerWhoseNumbersRunOn() {
        Peer near = heard(0, address(1), 0);
        near.received(1000);
        Peer far = heard(0, address(2), 0);
        far.received(50_000_000);

        assertThat(table.recognise(1, 1010)).isSameAs(near);
        assertThat(table.recognise(0, 1010)).isNull();
        far.received(1005);
        assertThat(table.recognise(1, 1010)).isNull();
    }

    @Test
    void shouldGiveThePlaceOfTheLongestSilentPeerThatIsNotLive() {
        for (int index = 0; index < PeerTable.MAX_PEERS; index++) {
            heard(0, address(index), index == 3 ? 1 : index + 2);
        }

        assertThat(table.placeFor(10)).isEqualTo(-1);
        assertThat(table.placeFor(TIMEOUT + 100)).isEqualTo(3);
    }

    @Test
    void shouldTellHowFarTheSlowestLivePeerIsBehind() {
        assertThat(table.lag(100, 0)).isEqualTo(-1);
        heard(0, address(1), 0).acknowledged(90);
        heard(0, address(2), TIMEOUT).acknowledged(99);

        assertThat(table.lag(100, 10)).isEqualTo(10);
        assertThat(table.lag(100, TIMEOUT)).isEqualTo(1);
        assertThat(table.lag(100, 3 * TIMEOUT)).isEqualTo(-1);
    }

    private Peer heard(int link, InetAddress address, long now) {
        Peer peer = table.add(table.placeFor(now), 0, now);
        peer.heard(link, address, now);
        return peer;
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 198, 51, 100, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
