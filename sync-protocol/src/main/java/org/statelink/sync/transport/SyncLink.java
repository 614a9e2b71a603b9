/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * One dedicated link: a half that sends, a half that receives, and counters. All methods are called on the loop of
 * both halves, the state loop.
 */
public final class SyncLink {
    /** Bytes, as good as any other. */
    private static final int MISSING_MTU = 1500;

    private final int index;
    private final LinkOptions options;
    private final int mtu;
    private final int overhead;
    private final LinkOutput output;
    private final LinkInput input;
    private LinkCounters counters = new LinkCounters();
    private LinkOutput formerOutput;
    private boolean up = true;
    private Runnable writable = () -> { };

    /**
     * Makes a link of two halves.
     *
     * @param index place in the configuration, from 0
     * @param options what the configuration says
     * @param mtu of the interface, bytes
     * @param overhead bytes of each packet that the network's and the transport's headers take
     * @param output sends; closed together with the input
     * @param input receives; closed together with the output
     */
    public SyncLink(int index, LinkOptions options, int mtu, int overhead, LinkOutput output, LinkInput input) {
        this.index = index;
        this.options = Objects.requireNonNull(options, "options");
        this.mtu = mtu;
        this.overhead = overhead;
        this.output = Objects.requireNonNull(output, "output");
        this.input = Objects.requireNonNull(input, "input");
        output.attach(new OutputListener());
    }

    /** Makes a link of open datagram channels, which may be the same. */
    public SyncLink(int index, LinkOptions options, int mtu, int overhead, Channel output, Channel input) {
        this(index, options, mtu, overhead, new DatagramOutput(output), new DatagramInput(input));
    }

    /**
     * Stands for a link whose interface is not there: is down, receives nothing, and loses what is sent, which is
     * counted.
     */
    public static SyncLink missing(int index, LinkOptions options) {
        MissingHalf half = new MissingHalf(options.isStream());
        SyncLink link = new SyncLink(index, options, MISSING_MTU, 0, half, half);
        link.up = false;
        return link;
    }

    /** Place in the configuration, from 0. */
    public int index() {
        return index;
    }

    /** Name of the network interface. */
    public String interfaceName() {
        return options.interfaceName();
    }

    /** What the configuration says. */
    public LinkOptions options() {
        return options;
    }

    /** MTU of the interface when the link was opened, bytes. */
    public int mtu() {
        return mtu;
    }

    /** Messages are batched while they take strictly less than this many bytes. */
    public int batchLimit() {
        return mtu - overhead;
    }

    /** What went over this link. */
    public LinkCounters counters() {
        return counters;
    }

    /** Whether what is received is a stream, in which messages are found by their lengths alone. */
    public boolean isStream() {
        return output.isStream();
    }

    /** Whether what is sent reaches the peer as far as can be told. */
    public boolean isOutputConnected() {
        return output.isConnected();
    }

    /** Whether the peer reaches this node as far as can be told. */
    public boolean isInputConnected() {
        return input.isConnected();
    }

    /** Packets that wait for the peer: conntrackd's error queue. */
    public int queueLength() {
        return output.queueLength();
    }

    /** Most packets that may wait; 0 where none does. */
    public int queueCapacity() {
        return output.queueCapacity();
    }

    /** Packets lost because too many waited. */
    public long queueDrops() {
        return output.queueDrops();
    }

    /**
     * This link takes the place of another one, which is closed or about to be: it goes on counting where that one
     * ends, and knows its last packets if they come back.
     */
    public void succeed(SyncLink former) {
        formerOutput = former.output;
        counters = former.counters;
    }

    /** Whether the interface carries packets; it does until somebody says otherwise. */
    public boolean isUp() {
        return up;
    }

    /** Says whether the interface carries packets. */
    public void setUp(boolean isUp) {
        boolean came = isUp && !up;
        up = isUp;
        if (came) {
            writable.run();
        }
    }

    /** Whether the sender of a packet is this link itself, or the one that it took the place of. */
    public boolean isOwn(InetSocketAddress sender) {
        return output.isOwn(sender) || formerOutput != null && formerOutput.isOwn(sender);
    }

    /** Whether the link takes more now; a closed one does, and loses it. */
    public boolean isWritable() {
        return output.isWritable();
    }

    /** Has {@code task} run whenever the link may have become writable again. */
    public void whenWritable(Runnable task) {
        writable = Objects.requireNonNull(task, "task");
    }

    /** Sends one packet, at once if it can; failures are counted. Releases the buffer, maybe later. */
    public void send(ByteBuf packet) {
        output.send(packet);
    }

    /** Stops and restarts reading; what was read already may still be told of. */
    public void setReceiving(boolean receiving) {
        input.setReceiving(receiving);
    }

    void received(int bytes) {
        counters.received(bytes);
    }

    void receiveFailed() {
        counters.receiveFailed();
    }

    /** Closes both halves. */
    public void close() {
        output.close();
        input.close();
    }

    @Override
    public String toString() {
        return "link " + index + " on " + interfaceName();
    }

    private final class OutputListener implements LinkOutput.Listener {
        @Override
        public void sent(int bytes) {
            counters.sent(bytes);
        }

        @Override
        public void failed() {
            counters.sendFailed();
        }

        @Override
        public void writable() {
            writable.run();
        }
    }
}
