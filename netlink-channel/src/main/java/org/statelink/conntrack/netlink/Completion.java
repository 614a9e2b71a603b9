/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.util.concurrent.Promise;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkException;

/** What a single request waits with: a promise, and for a get whoever takes the entry. */
final class Completion {
    private final Promise<Void> done;
    private final Promise<Boolean> found;
    private final EntryTaker taker;

    private Completion(Promise<Void> done, Promise<Boolean> found, EntryTaker taker) {
        this.done = done;
        this.found = found;
        this.taker = taker;
    }

    static Completion of(Promise<Void> done) {
        return new Completion(done, null, null);
    }

    static Completion of(Promise<Boolean> found, EntryTaker taker) {
        return new Completion(null, found, taker);
    }

    /** Who takes the entry; null where none is asked for. */
    EntryTaker taker() {
        return taker;
    }

    void complete(int errno, String text, int offset) {
        if (found != null && (errno == 0 || errno == Errno.ENOENT)) {
            found.trySuccess(errno == 0);
        } else if (errno == 0) {
            done.trySuccess(null);
        } else {
            (found == null ? done : found).tryFailure(new NetlinkException(errno, text, offset));
        }
    }
}
