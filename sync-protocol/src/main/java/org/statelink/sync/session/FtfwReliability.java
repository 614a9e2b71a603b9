/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.util.concurrent.Ticker;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.statelink.sync.codec.AckReceiver;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.SequenceNumber;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * The FTFW mode: all that is sent is kept until acknowledged and sent again if a peer misses it. With one peer this is
 * what conntrackd does; with several, each has its own receive state, and an element leaves the resend queue when all
 * have acknowledged it. Source: docs of conntrackd's modes, section 2.
 */
final class FtfwReliability implements Reliability, AckReceiver {
    /** Part of the resend queue that control messages have for themselves while objects are held back. */
    private static final int RESERVE_SHARE = 8;

    private final Outbox outbox;
    private final SyncLinkGroup links;
    private final SyncCounters counters;
    private final Ticker ticker;
    private final ResendQueue resend;
    private final PeerTable peers;
    private final Senders senders;
    private final HelloState hello = new HelloState();
    private final ResendQueue.Sink release;
    private final ResendQueue.Sink again;
    private final long forgetNanos;
    private final long answerPatience;
    private long firstAnswer;
    private int lastSent;
    private long sent;
    private Peer sender;
    private boolean anew;
    private boolean gap;

    FtfwReliability(SessionOptions options, Outbox outbox, SyncLinkGroup links, SyncCounters counters,
                    Ticker ticker) {
        this.outbox = outbox;
        this.links = links;
        this.counters = counters;
        this.ticker = ticker;
        resend = new ResendQueue(options.resendQueueSize());
        peers = new PeerTable(options);
        senders = new Senders(peers, counters, this::settleAll);
        forgetNanos = TimeUnit.SECONDS.toNanos(options.peerForgetSeconds());
        answerPatience = TimeUnit.SECONDS.toNanos(options.peerTimeoutSeconds());
        lastSent = SequenceNumber.previous(options.firstSequence());
        release = outbox::release;
        again = this::sendAgain;
    }

    // what is sent

    @Override
    public int nextGreeting() {
        return hello.nextFlags();
    }

    @Override
    public int room(long now) {
        int lag = peers.lag(lastSent, now);
        int capacity = resend.capacity();
        return lag < 0 ? Integer.MAX_VALUE : Math.max(1, capacity - capacity / RESERVE_SHARE) - lag;
    }

    @Override
    public void objectSent(int ref, int sequence) {
        outbox.source().setQueue(ref, ObjectSource.QUEUE_RESEND, sequence);
        keep(ref, sequence);
    }

    @Override
    public void controlSent(int element, int sequence) {
        if ((outbox.controls().flags(element) & MessageFlags.ALIVE) != 0) {
            outbox.release(element);
            sent(sequence);
        } else {
            keep(element, sequence);
        }
    }

    private void keep(int element, int sequence) {
        sent(sequence);
        if (resend.append(sequence, element, peers.mask(), release)) {
            counters.increment(SyncCounter.RESEND_QUEUE_DROPS);
        }
    }

    private void sent(int sequence) {
        lastSent = sequence;
        sent++;
    }

    @Override
    public void onAlarm(long now) {
        boolean acknowledged = false;
        for (int index = 0; index < PeerTable.MAX_PEERS; index++) {
            Peer peer = peers.get(index);
            if (peer == null) {
                continue;
            }
            if (peer.window().isOpen()) {
                queueAck(peer.window().from(), peer.lastReceived());
                peer.window().acknowledgedByAlarm();
                acknowledged = true;
            }
            forgetIfGone(peer, now);
        }
        if (!acknowledged && !outbox.hasControl()) {
            outbox.addControl(MessageFlags.ALIVE, 0, 0);
        }
    }

    /** A lone peer is waited for as long as the queue holds, others not for ever. */
    private void forgetIfGone(Peer peer, long now) {
        if (!peer.isForgotten() && peer.isSilent(now, forgetNanos) && peers.anyLive(now)) {
            settleAll(peer);
            peer.setForgotten(true);
        }
    }

    // what is received

    @Override
    public boolean admit(SyncLink link, SyncMessage message) {
        long now = ticker.nanoTime();
        sender = senders.of(link, message, lastSent, now);
        if (sender == null) {
            return false;
        }
        sender.setForgotten(false);
        gap = false;
        greet(message, now);
        boolean greeting = message.hasAny(MessageFlags.HELLO);
        anew = !sender.isSynchronised()
            || greeting && !sender.goesOn(message.sequence()) && !sender.isLateGreeting(message.sequence(), now);
        if (anew) {
            return true;
        }
        int expected = SequenceNumber.next(sender.lastReceived());
        if (SequenceNumber.isBefore(message.sequence(), expected)) {
            counters.increment(SyncCounter.BEFORE);
            return false;
        }
        gap = message.sequence() != expected;
        return true;
    }

    private void greet(SyncMessage message, long now) {
        if (message.hasAny(MessageFlags.HELLO)) {
            counters.increment(SyncCounter.HELLOS_RECEIVED);
            hello.greeted();
        }
        if (message.hasAny(MessageFlags.HELLO_BACK)) {
            counters.increment(SyncCounter.HELLO_BACKS_RECEIVED);
            answered(now);
        }
    }

    /** Nobody tells to whom a greeting back is addressed: all who live have to send one, but not for ever. */
    private void answered(long now) {
        if (hello.phase() != HelloState.Phase.SAY) {
            return;
        }
        if (firstAnswer == 0) {
            firstAnswer = now;
        }
        sender.answered();
        if (peers.allLiveAnswered(now) || now - firstAnswer >= answerPatience) {
            hello.answered();
        }
    }

    /** The peer is no longer waited for. */
    private void settleAll(Peer peer) {
        if (resend.size() > 0) {
            resend.settle(resend.oldest(), peer.bit(), release);
        }
    }

    @Override
    public void settle(SyncLink link, SyncMessage message) {
        links.received(link, sender.heardNanos());
        if (anew) {
            sender.window().begin(message.sequence());
        }
        boolean greeting = message.hasAny(MessageFlags.HELLO);
        if (anew || greeting && !sender.isGreeting()) {
            sender.begins(lastSent);
        }
        if (greeting) {
            sender.greets(message.sequence(), ticker.nanoTime());
        }
        if (gap) {
            answerGap(message.sequence());
        } else if (sender.window().receive(message.sequence())) {
            queueAck(sender.window().from(), message.sequence());
            sender.window().acknowledged();
        }
        sender.received(message.sequence());
    }

    private void answerGap(int sequence) {
        int last = sender.lastReceived();
        AckWindow window = sender.window();
        if (window.isOpen()) {
            queueAck(window.from(), last);
        }
        outbox.addControl(MessageFlags.NACK, SequenceNumber.next(last), SequenceNumber.previous(sequence));
        window.restart(sequence);
        long missing = SequenceNumber.distance(last, sequence) - 1 & 0xffffffffL;
        counters.add(SyncCounter.LOST, missing + LOST_PER_GAP);
        sender.missed(missing);
    }

    private void queueAck(int from, int to) {
        outbox.addControl(MessageFlags.ACK, from, to);
    }

    @Override
    public void acknowledged(int from, int to) {
        if (!isOurs(to)) {
            return;
        }
        sender.countAcknowledgement();
        if (SequenceNumber.isAfter(to, sender.acknowledged())) {
            sender.acknowledged(to);
        }
        if (sender.takeFirstAck()) {
            sendAgainBefore(from);
        }
        resend.acknowledge(from, to, sender.bit(), release);
    }

    /**
     * A peer that began anew acknowledges from the first message on that it heard. It cannot ask for what is older,
     * which was lost before it was there: objects are sent again, control messages had nothing to say to it.
     */
    private void sendAgainBefore(int number) {
        if (resend.size() > 0 && SequenceNumber.isBefore(resend.oldest(), number)) {
            resend.take(resend.oldest(), SequenceNumber.previous(number), ControlTable::isObject, again);
        }
    }

    @Override
    public void missing(int from, int to) {
        if (isOurs(to)) {
            int found = resend.take(from, to, again);
            counters.add(SyncCounter.NACKS_UNANSWERED, 1 + (to - from & 0xffffffffL) - found);
        }
    }

    /** Of several nodes on one group, each hears what another tells a third: numbers never sent are not ours. */
    private boolean isOurs(int to) {
        int behind = SequenceNumber.distance(to, lastSent);
        return behind >= 0 && behind < sent;
    }

    private void sendAgain(int element) {
        if (!ControlTable.isControl(element)) {
            counters.increment(SyncCounter.STATES_RESENT);
        }
        outbox.addAgain(element);
    }

    // what is kept

    @Override
    public void removeObject(int ref) {
        resend.remove(outbox.source().queuePosition(ref));
        outbox.source().setQueue(ref, ObjectSource.QUEUE_NONE, 0);
    }

    @Override
    public void resize(int ackWindowSize, int resendQueueSize) {
        peers.setAckWindowSize(ackWindowSize);
        resend.setCapacity(resendQueueSize);
    }

    @Override
    public void linkRenewed(int link) {
        peers.linkRenewed(link);
    }

    @Override
    public int resendQueueLength() {
        return resend.size();
    }

    @Override
    public int resendQueueCapacity() {
        return resend.capacity();
    }

    @Override
    public void forEachResend(ResendVisitor visitor) {
        resend.forEach((sequence, element) -> {
            if (ControlTable.isControl(element)) {
                visitor.onControl(sequence, outbox.controls().flags(element));
            } else {
                visitor.onObject(sequence, element);
            }
        });
    }

    @Override
    public Optional<AckReceiver> acks() {
        return Optional.of(this);
    }

    @Override
    public Peer sender() {
        return sender;
    }

    @Override
    public PeerTable peers() {
        return peers;
    }
}
