/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

/** Answers the requests of control clients. */
@FunctionalInterface
public interface ControlService {
    /**
     * Takes a request; called on the control loop, so nothing long may happen here. The answer may be written now or
     * later, from any thread; it ends with {@link ControlReply#finish()}, which must come at last also where nothing
     * is to be said. If this throws, the reply is finished by the server.
     */
    void handle(ControlRequest request, ControlReply reply);
}
