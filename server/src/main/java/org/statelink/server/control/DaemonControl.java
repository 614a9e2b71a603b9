/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import java.util.function.Consumer;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;
import org.statelink.control.ControlService;

/** Answers what concerns the daemon as a whole, and has what it works at answer the rest. */
public final class DaemonControl implements ControlService {
    private final ControlService mode;
    private final Consumer<Consumer<String>> reload;
    private final Runnable stop;

    /**
     * Has {@code mode} answer; {@code reload} hands what it was given the answer, {@code stop} ends the daemon,
     * which serves nobody any more by the time the client knows.
     */
    public DaemonControl(ControlService mode, Consumer<Consumer<String>> reload, Runnable stop) {
        this.mode = mode;
        this.reload = reload;
        this.stop = stop;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        switch (request) {
            case RELOAD -> reload(reply);
            case KILL -> stop(reply);
            default -> mode.handle(request, reply);
        }
    }

    private void reload(ControlReply reply) {
        reload.accept(answer -> {
            reply.write(answer);
            reply.finish();
        });
    }

    private void stop(ControlReply reply) {
        stop.run();
        reply.finish();
    }
}
