/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestTest {
    private static final int ERR = EpollIoOps.EPOLLERR.value();
    private static final int IN = EpollIoOps.EPOLLIN.value();
    private static final int OUT = EpollIoOps.EPOLLOUT.value();

    private final FakeRegistration registration = new FakeRegistration();
    private final Interest interest = new Interest();

    @Test
    void shouldTellWhatWasWantedBeforeTheRegistration() {
        interest.add(EpollIoOps.EPOLLIN);
        interest.attach(registration);
        assertThat(registration.submitted).containsExactly(ERR | IN);
    }

    @Test
    void shouldNeverSubmitNothing() {
        interest.attach(registration);
        interest.add(EpollIoOps.EPOLLIN);
        interest.add(EpollIoOps.EPOLLOUT);
        interest.remove(EpollIoOps.EPOLLIN);
        interest.remove(EpollIoOps.EPOLLOUT);
        assertThat(registration.submitted).containsExactly(ERR, ERR | IN, ERR | IN | OUT, ERR | OUT, ERR);
    }

    @Test
    void shouldNotRepeatItself() {
        interest.attach(registration);
        interest.remove(EpollIoOps.EPOLLIN);
        interest.add(EpollIoOps.EPOLLIN);
        interest.add(EpollIoOps.EPOLLIN);
        assertThat(registration.submitted).containsExactly(ERR, ERR | IN);
    }

    @Test
    void shouldForgetEverythingWhenDetached() {
        interest.attach(registration);
        interest.add(EpollIoOps.EPOLLIN);
        interest.detach();
        interest.detach();
        assertThat(registration.cancelled).isEqualTo(1);
        assertThat(interest.contains(EpollIoOps.EPOLLIN)).isFalse();
    }

    private static final class FakeRegistration implements IoRegistration {
        final List<Integer> submitted = new ArrayList<>();
        int cancelled;

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T attachment() {
            return null;
        }

        @Override
        public long submit(IoOps ops) {
            submitted.add(((EpollIoOps) ops).value());
            return 0;
        }

        @Override
        public boolean isValid() {
            return cancelled == 0;
        }

        @Override
        public boolean cancel() {
            cancelled++;
            return true;
        }
    }
}
