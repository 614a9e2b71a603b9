/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;

/**
 * What a channel wants epoll to tell it. Used on the channel's loop only.
 *
 * <p>Errors are always part of it: the kernel reports them whether asked or not, and submitting an empty set would take
 * the descriptor out of epoll for good. Bits are added one at a time, for {@link EpollIoOps#with} adds none if any of
 * them is there already.
 */
final class Interest {
    private static final EpollIoOps BASE = EpollIoOps.EPOLLERR;

    private EpollIoOps ops = BASE;
    private IoRegistration registration;

    /** Begins to tell epoll. */
    void attach(IoRegistration newRegistration) {
        registration = newRegistration;
        registration.submit(ops);
    }

    /** Takes the channel out of epoll and forgets what it wanted. */
    void detach() {
        ops = BASE;
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }

    boolean contains(EpollIoOps bit) {
        return ops.contains(bit);
    }

    void add(EpollIoOps bit) {
        if (!ops.contains(bit)) {
            submit(ops.with(bit));
        }
    }

    void remove(EpollIoOps bit) {
        if (ops.contains(bit)) {
            submit(ops.without(bit));
        }
    }

    private void submit(EpollIoOps wanted) {
        ops = wanted;
        if (registration != null) {
            registration.submit(ops);
        }
    }
}
