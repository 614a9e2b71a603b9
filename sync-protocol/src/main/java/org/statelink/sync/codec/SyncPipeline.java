/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkInputHandler;
import org.statelink.sync.transport.SyncLink;

/**
 * The receive pipeline of a dedicated link, in this order:
 * <ol>
 *   <li>{@value #LINK}: counts packets, drops our own
 *   <li>{@value #FRAME}: splits a packet, or a stream, into messages
 *   <li>{@value #SEQUENCE}: greetings and sequence numbers
 *   <li>{@value #ACKNOWLEDGEMENT}: ACK and NACK; not in modes without, where these are refused at the end
 *   <li>{@value #STATE}: state, RESYNC, ALIVE
 * </ol>
 * The handlers keep nothing from one complete message to the next: what is remembered is in the objects given to
 * the constructor, which all links share, so that nothing is lost when the link changes.
 */
public final class SyncPipeline implements LinkInitializer {
    /** Name of {@link LinkInputHandler}. */
    public static final String LINK = "link";
    /** Name of {@link SyncFrameDecoder}, or {@link SyncStreamDecoder}. */
    public static final String FRAME = "frame";
    /** Name of the handler of greetings and sequence numbers. */
    public static final String SEQUENCE = "sequence";
    /** Name of the handler of ACK and NACK. */
    public static final String ACKNOWLEDGEMENT = "acknowledgement";
    /** Name of the handler of state, RESYNC and ALIVE. */
    public static final String STATE = "state";

    private final MessageSequencer sequencer;
    private final Optional<AckReceiver> acks;
    private final StateReceiver states;
    private final SyncCounters counters;

    /**
     * What the handlers of all links report to.
     *
     * @param acks empty for a mode that knows no acknowledgements: they are refused
     */
    public SyncPipeline(MessageSequencer sequencer, Optional<AckReceiver> acks, StateReceiver states,
                        SyncCounters counters) {
        this.sequencer = sequencer;
        this.acks = acks;
        this.states = states;
        this.counters = counters;
    }

    @Override
    public void initialize(SyncLink link, ChannelPipeline pipeline) {
        Digest digest = new Digest();
        pipeline.addLast(LINK, new LinkInputHandler(link));
        pipeline.addLast(FRAME, link.isStream() ? new SyncStreamDecoder(counters) : new SyncFrameDecoder(counters));
        pipeline.addLast(SEQUENCE, new SequenceHandler(link, sequencer, counters, digest));
        acks.ifPresent(receiver -> pipeline.addLast(ACKNOWLEDGEMENT, new AckHandler(receiver, counters, digest)));
        pipeline.addLast(STATE, new StateHandler(states, counters, digest));
    }
}
