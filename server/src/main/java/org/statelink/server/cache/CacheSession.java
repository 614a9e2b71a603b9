/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** What the internal cache needs of the session that tells peers of its flows. Called on the state loop. */
public interface CacheSession {
    /** Tells nobody; for modes without a session, and until there is one. */
    CacheSession NONE = new CacheSession() {
        @Override
        public void send(int ref) {
        }

        @Override
        public void forget(int ref) {
        }
    };

    /** The object changed: it is to be told of, in the state it will have by then. */
    void send(int ref);

    /** The object does not count any more, though its flow goes on: peers are told of its end as of any other. */
    default void withdraw(int ref) {
        send(ref);
    }

    /** The object is about to be freed: it leaves all queues. Nothing is to be called for it from here. */
    void forget(int ref);
}
