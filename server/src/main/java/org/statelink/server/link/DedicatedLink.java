/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.LinkConfig;
import org.statelink.netlink.route.InterfaceState;
import org.statelink.netlink.route.InterfaceStatus;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;

/**
 * One dedicated link of the configuration. It is opened when its interface is there and switched on, and again when
 * that was made anew; an interface that only goes down and up keeps its sockets. On the state loop.
 */
public final class DedicatedLink {
    private static final Logger LOG = LoggerFactory.getLogger(DedicatedLink.class);
    private static final int RETRY_SECONDS = 5;

    private final int index;
    private final LinkConfig config;
    private final LinkOptions options;
    private final EventLoop loop;
    private final LinkInitializer initializer;
    private final Listener listener;
    private final Promise<DedicatedLink> started;
    private SyncLink link;
    private InterfaceState device;
    private int openOn;
    private boolean opening;
    private boolean openAgain;
    private boolean closed;
    private String complaint = "";

    DedicatedLink(int index, LinkConfig config, LinkOptions options, EventLoop loop, LinkInitializer initializer,
                  Listener listener) {
        this.index = index;
        this.config = config;
        this.options = options;
        this.loop = loop;
        this.initializer = initializer;
        this.listener = listener;
        started = loop.newPromise();
        link = SyncLink.missing(index, options);
    }

    /** Is told that the link was opened or closed. */
    interface Listener {
        /** The link's {@link #link()} is another one now. */
        void replaced(DedicatedLink link, SyncLink former);
    }

    /** Number by which peers know the link. */
    public int index() {
        return index;
    }

    /** What sends and receives at present; something that does neither while the link is closed. */
    public SyncLink link() {
        return link;
    }

    /** Whether its interface carries packets. */
    InterfaceStatus status() {
        return device == null ? InterfaceStatus.DOWN : device.status();
    }

    String interfaceName() {
        return options.interfaceName();
    }

    /** Opens it, unless that has to wait for its interface or its address. Fails where waiting would not help. */
    Future<DedicatedLink> start(Optional<InterfaceState> state) {
        state.ifPresent(this::onInterface);
        if (!opening) {
            complain(state.isEmpty() ? "there is no such interface" : "the interface is down");
            started.trySuccess(this);
        }
        return started;
    }

    /** Somebody looked whether the interface is there. */
    void onInterfaceFound(Optional<InterfaceState> state) {
        if (state.isPresent()) {
            onInterface(state.get());
        } else if (device != null) {
            onInterfaceGone(device);
        }
    }

    /** The interface is there, in this state. */
    void onInterface(InterfaceState state) {
        device = state;
        if (openOn != 0 && openOn != state.index()) {
            shut();
        }
        if (openOn == 0 && state.status() != InterfaceStatus.DOWN) {
            open();
        }
        link.setUp(openOn != 0 && state.status() == InterfaceStatus.RUNNING);
    }

    /** The interface, which was in this state, is no more. */
    void onInterfaceGone(InterfaceState state) {
        if (device != null && device.index() == state.index()) {
            device = null;
            complain("the interface is gone");
            shut();
        }
    }

    private void open() {
        openAgain = opening;
        if (!opening) {
            opening = true;
            int on = device.index();
            LinkOpener.open(index, config, options, loop, initializer).addListener((Future<SyncLink> done) -> {
                opening = false;
                if (done.isSuccess()) {
                    opened(done.getNow(), on);
                } else {
                    failed(done.cause());
                }
            });
        }
    }

    private void opened(SyncLink opened, int on) {
        if (closed || device == null || device.index() != on) {
            opened.close();
            tryAgain();
        } else {
            openOn = on;
            opened.setUp(device.status() == InterfaceStatus.RUNNING);
            if (!complaint.isEmpty()) {
                complaint = "";
                LOG.info("the dedicated link on `{}' is there", interfaceName());
            }
            replace(opened);
        }
        started.trySuccess(this);
    }

    private void failed(Throwable cause) {
        boolean patient = cause instanceof LinkException e && switch (e.reason()) {
            case UNKNOWN_INTERFACE, NO_ADDRESS, ADDRESS_NOT_ON_HOST -> true;
            case BAD_OPTIONS, UNKNOWN_TRANSPORT, SOCKET -> false;
        };
        if (!patient && started.tryFailure(cause)) {
            return;
        }
        started.trySuccess(this);
        complain(cause.getMessage());
        if (openAgain) {
            tryAgain();
        } else if (!patient) {
            // nothing will tell when it is worth another try
            loop.schedule(this::tryAgain, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void tryAgain() {
        if (!closed && openOn == 0 && status() != InterfaceStatus.DOWN) {
            open();
        }
    }

    /** One line for one reason, however often it is tried. */
    private void complain(String reason) {
        if (!complaint.equals(reason)) {
            complaint = reason;
            LOG.warn("the dedicated link on `{}' has to wait: {}", interfaceName(), reason);
        }
    }

    private void shut() {
        if (openOn != 0) {
            openOn = 0;
            replace(SyncLink.missing(index, options));
        }
    }

    private void replace(SyncLink other) {
        SyncLink former = link;
        link = other;
        listener.replaced(this, former);
        former.close();
    }

    /** Closes it for good. */
    public void close() {
        closed = true;
        link.close();
    }
}
