/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.sync.codec.SyncPipeline;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.SequenceNumber;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * The conversation with the peers: one per daemon, in one mode. What is to be sent is queued with {@link #send} and
 * goes out with {@link #transmit}, page by page, so that the loop serves other events in between; a link that takes no
 * more pauses it. While no link is up, as many elements wait as the resend queue may hold; what exceeds that is sent
 * all the same, since flows that ended take memory until the peers were told. All methods are called on the state loop.
 */
public final class SyncSession {
    /** Messages sent before the loop serves other events. */
    static final int PAGE = 1024;

    private final SyncLinkGroup links;
    private final SyncCounters counters;
    private final EventLoop loop;
    private final Ticker ticker;
    private final ObjectSource source;
    private final Outbox outbox;
    private final Reliability reliability;
    private final OutgoingMessages messages;
    private final SyncPipeline pipeline;
    private final AliveTimer alive = new AliveTimer();
    private final Runnable continuation = this::continueNow;
    private final Runnable alarm = this::onTimer;
    private Runnable writable = () -> { };
    private Future<?> timer;
    private int patience;
    private boolean transmitting;
    private boolean continuing;
    private boolean held;
    private boolean closed;

    /** A session on the system's clock. */
    public SyncSession(SessionOptions options, ObjectSource source, SessionListener listener, SyncCounters counters,
                       SyncLinkGroup links, EventLoop loop) {
        this(options, source, listener, counters, links, loop, Ticker.systemTicker());
    }

    /** A session on the given clock, which should be the loop's. */
    public SyncSession(SessionOptions options, ObjectSource source, SessionListener listener, SyncCounters counters,
                       SyncLinkGroup links, EventLoop loop, Ticker ticker) {
        this.links = links;
        this.counters = counters;
        this.loop = loop;
        this.ticker = ticker;
        this.source = source;
        patience = options.resendQueueSize();
        outbox = new Outbox(source);
        reliability = switch (options.kind()) {
            case FTFW -> new FtfwReliability(options, outbox, links, counters, ticker);
            case NOTRACK -> new NotrackReliability(options, outbox, links, counters, ticker);
            case ALARM -> new AlarmReliability(options, outbox, links, counters, ticker);
        };
        messages = new OutgoingMessages(outbox, reliability, links, counters, options.firstSequence());
        pipeline = new SyncPipeline(reliability, reliability.acks(),
            new IncomingStates(reliability, listener, counters, this::transmit), counters);
    }

    /** What a transport has to install on the channels that receive. */
    public LinkInitializer linkInitializer() {
        return pipeline;
    }

    /**
     * Follows another configuration. What waits to be acknowledged stays, even if it is more than the new size.
     *
     * @param ackWindowSize messages received before an acknowledgement is due, at least 1
     * @param resendQueueSize elements kept until acknowledged, at least 1
     */
    public void resize(int ackWindowSize, int resendQueueSize) {
        patience = resendQueueSize;
        reliability.resize(ackWindowSize, resendQueueSize);
        transmit();
    }

    /**
     * The link with this index was opened anew. Peers keep their state: one that has another address on it now is
     * recognised by its running sequence.
     */
    public void linkRenewed(int link) {
        reliability.linkRenewed(link);
    }

    /** Gives a sign of life now, as when another link was chosen, to which peers follow whoever they hear on it. */
    public void announce() {
        if (timer != null) {
            long now = ticker.nanoTime();
            reliability.onAlarm(now);
            transmit();
            alive.rearm(now);
        }
    }

    /** Begins to give signs of life; the links are open. */
    public void start() {
        alive.rearm(ticker.nanoTime());
        links.whenWritable(this::onWritable);
        timer = loop.schedule(alarm, AliveTimer.INTERVAL, TimeUnit.NANOSECONDS);
        transmit();
    }

    /** Ends it: nothing is sent any more. The objects stay in the queues that the source remembers; links stay open. */
    public void close() {
        if (!closed) {
            closed = true;
            messages.close();
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }

    /**
     * Queues an object, to be sent as it is when its turn comes. One that is queued already stays where it is; one that
     * waits to be acknowledged is sent again instead.
     */
    public void send(int ref) {
        int state = source.queueState(ref);
        if (state == ObjectSource.QUEUE_TRANSMIT) {
            return;
        }
        if (state == ObjectSource.QUEUE_RESEND) {
            reliability.removeObject(ref);
        }
        outbox.addObject(ref);
    }

    /** Takes an object out of all queues; {@link ObjectSource#released} is not called for it. */
    public void forget(int ref) {
        int state = source.queueState(ref);
        if (state == ObjectSource.QUEUE_TRANSMIT) {
            outbox.removeObject(ref);
        } else if (state == ObjectSource.QUEUE_RESEND) {
            reliability.removeObject(ref);
        }
    }

    /** Asks the peers for everything they have. */
    public void requestResync() {
        outbox.addControl(MessageFlags.RESYNC, 0, 0);
        transmit();
    }

    /**
     * Sends a state that belongs to no object: into the packet at once, the packet goes out when it is full or with
     * the next {@link #transmit}. Only for modes in which nothing is sent again.
     *
     * @param state read during the call only
     */
    public void sendState(int type, Conntrack state, boolean withTimeout, boolean withWindowScale) {
        if (closed) {
            return;
        }
        messages.writeState(type, state, withTimeout, withWindowScale);
    }

    /** Sends the state of an expectation that belongs to no object, as the other one. */
    public void sendState(int type, Expectation state, boolean withTimeout) {
        if (closed) {
            return;
        }
        messages.writeState(type, state, withTimeout);
    }

    /** A state that belongs to no object is given up, because the link takes no more: counts it. */
    public void dropState() {
        counters.increment(SyncCounter.TRANSMIT_QUEUE_DROPS);
    }

    /** Whether the link takes more now. */
    public boolean isWritable() {
        return links.isWritable();
    }

    /** Has {@code task} run whenever the link may have become writable. */
    public void whenWritable(Runnable task) {
        writable = task;
    }

    /** Sends what is queued: up to a page now, the rest by itself later. */
    public void transmit() {
        assert loop.inEventLoop() : "not on the state loop";
        if (transmitting || closed) {
            return;
        }
        if (outbox.size() == 0) {
            flush();
            return;
        }
        transmitting = true;
        try {
            sendPage(ticker.nanoTime());
        } finally {
            transmitting = false;
        }
    }

    /** Whether what was queued is waiting for a peer to acknowledge what was sent before. */
    public boolean isHeldBack() {
        return held;
    }

    /** Objects and control messages that wait to be sent. */
    public int transmitQueueLength() {
        return outbox.size();
    }

    /** Objects and control messages that wait to be acknowledged. */
    public int resendQueueLength() {
        return reliability.resendQueueLength();
    }

    /** Most elements that may wait to be acknowledged; 0 in modes where none does. */
    public int resendQueueCapacity() {
        return reliability.resendQueueCapacity();
    }

    /** Control messages in either queue. */
    public int controlMessages() {
        return outbox.controls().size();
    }

    /** Shows what waits to be acknowledged, oldest first. */
    public void forEachResend(ResendVisitor visitor) {
        reliability.forEachResend(visitor);
    }

    /** Shows the peers that were heard. */
    public void forEachPeer(Consumer<Peer> visitor) {
        for (int index = 0; index < PeerTable.MAX_PEERS; index++) {
            if (reliability.peers().get(index) != null) {
                visitor.accept(reliability.peers().get(index));
            }
        }
    }

    /** Whether the peer was heard lately. */
    public boolean isLive(Peer peer) {
        return reliability.peers().isLive(peer, ticker.nanoTime());
    }

    /** Messages sent that the peer has not acknowledged yet; 0 in modes without acknowledgements. */
    public int unacknowledged(Peer peer) {
        int lastSent = SequenceNumber.previous(messages.nextSequence());
        return resendQueueCapacity() == 0 ? 0
            : Math.max(0, SequenceNumber.distance(peer.acknowledged(), lastSent));
    }

    /** Nanoseconds since the peer was heard. */
    public long silentNanos(Peer peer) {
        return ticker.nanoTime() - peer.heardNanos();
    }

    /** Number that the next message will have. */
    public int nextSequence() {
        return messages.nextSequence();
    }

    private void sendPage(long now) {
        int room = reliability.room(now);
        int sent = 0;
        boolean full = false;
        while (sent < PAGE && outbox.size() > 0 && mayGo()) {
            if (outbox.hasControl()) {
                messages.writeControl(outbox.pollControl());
            } else if (sent < room) {
                messages.writeObject(outbox.pollObject());
            } else {
                full = true;
                break;
            }
            sent++;
        }
        if (sent > 0) {
            messages.flush();
            alive.rearm(now);
        }
        hold(full);
        if (!full && outbox.size() > 0 && mayGo()) {
            continueLater();
        }
    }

    private boolean mayGo() {
        return links.isUp() ? links.isWritable() : outbox.size() > patience;
    }

    /** What was put into the packet by {@link #sendState}. */
    private void flush() {
        if (messages.hasUnsent()) {
            messages.flush();
            alive.rearm(ticker.nanoTime());
        }
    }

    private void hold(boolean full) {
        if (full && !held) {
            counters.increment(SyncCounter.FLOW_CONTROL_HOLDS);
        }
        held = full;
    }

    /** Scheduled, not executed: a loop runs tasks that follow each other for long before it reads again. */
    private void continueLater() {
        if (!continuing) {
            continuing = true;
            loop.schedule(continuation, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void continueNow() {
        continuing = false;
        transmit();
    }

    private void onWritable() {
        if (outbox.size() > 0) {
            continueLater();
        }
        writable.run();
    }

    private void onTimer() {
        if (closed) {
            return;
        }
        long now = ticker.nanoTime();
        long remaining = alive.remaining(now);
        if (remaining <= 0) {
            reliability.onAlarm(now);
            transmit();
            alive.rearm(now);
            remaining = AliveTimer.INTERVAL;
        }
        timer = loop.schedule(alarm, remaining, TimeUnit.NANOSECONDS);
    }
}
