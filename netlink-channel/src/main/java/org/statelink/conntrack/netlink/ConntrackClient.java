/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.NetlinkChannels;
import org.statelink.netlink.NetlinkProtocol;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkException;
import org.statelink.netlink.codec.NetlinkMessageDecoder;

/**
 * A request socket: asks the kernel about its conntrack table, and changes it. Unless said otherwise, methods are
 * called on the client's loop, and so are listeners and futures.
 *
 * <p>The kernel does the work of a request within the send, so the loop should not be one that has to be quick.
 * Requests are done in the order in which they were made. Futures fail with {@link NetlinkException}, which carries
 * the kernel's number and text.
 *
 * <p>Two ways to make requests: one at a time with a future each, or many by {@link #submit}, which packs them into
 * large datagrams, allocates nothing per request and answers by token. What is given to a request is encoded at once
 * and may be reused after the call.
 *
 * <p>Overrun: should answers be lost although no more is outstanding than the receive buffer holds, then every request
 * sent and not yet answered fails with {@code ENOBUFS}; the kernel may have done it or not, its answer is ignored
 * should it still come. What was not sent yet is sent when answers have ceased to come. A dump goes on.
 */
public final class ConntrackClient implements AutoCloseable {
    /** What the socket asks for; the kernel grants as much to those with privilege. */
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
    /** Bounds the flows that arrive in one turn of the loop, and after {@link #pause()}. */
    private static final int RECEIVE_SLOTS = 16;

    private final NetlinkChannel channel;
    private final NetlinkMessageDecoder decoder = new NetlinkMessageDecoder();
    private final RequestWindow requests;
    private final DumpQueue dumps;
    private final ConntrackEncoder encoder = new ConntrackEncoder();
    private final ConntrackClientHandler handler;

    private ConntrackClient(NetlinkChannel channel) {
        this.channel = channel;
        requests = new RequestWindow(channel);
        dumps = new DumpQueue(channel);
        handler = new ConntrackClientHandler(requests, dumps);
        channel.pipeline().addLast("messages", decoder).addLast("answers", handler);
    }

    /**
     * Opens a request socket in the network namespace of the calling thread. Any thread. Fails with
     * {@link io.netty.channel.ChannelException} or {@link java.io.IOException}.
     */
    public static Future<ConntrackClient> open(NetlinkChannelFactory factory, EventLoop loop) {
        Promise<ConntrackClient> promise = loop.newPromise();
        try {
            NetlinkChannel channel = factory.newChannel(NetlinkProtocol.NETFILTER);
            NetlinkChannels.configure(channel, ConntrackClient::configure);
            NetlinkChannels.start(channel, loop, 0, promise, new ConntrackClient(channel));
        } catch (RuntimeException e) {
            promise.setFailure(e);
        }
        return promise;
    }

    private static void configure(NetlinkChannelConfig config) {
        config.setReceiveBufferSize(RECEIVE_BUFFER_BYTES).setCapAck(true).setExtAck(true)
            .setReceiveSlots(RECEIVE_SLOTS).setReceiveSlotSize(NetlinkChannelConfig.DUMP_RECEIVE_SLOT_SIZE);
        // the kernel goes on with a dump as it is read, so there is always more
        MaxMessagesRecvByteBufAllocator bounds = config.getRecvByteBufAllocator();
        bounds.maxMessagesPerRead(RECEIVE_SLOTS);
    }

    /** The socket's port id: events that its requests cause carry it. Any thread. */
    public int portId() {
        return channel.localAddress().portId();
    }

    /** Tells of all flows of a family, 0 for every one; otherwise as {@link #dump(DumpOptions, FlowListener)}. */
    public Future<Long> dump(int family, FlowListener each) {
        return dump(DumpOptions.family(family), each);
    }

    /**
     * Tells of all flows that the options let through. A socket runs one dump at a time, further ones wait.
     *
     * <p>The kernel goes on only as the answer is read, so a listener that cannot keep up calls {@link #pause()}, and
     * {@link #resume()} later. Flows that come or go meanwhile may be missing, and a flow may come twice. Where the
     * kernel says that the table changed too much under the dump, it is repeated once from the start;
     * {@link #dumpInterruptions()} counts this. Cancelling the future silences the listener.
     *
     * @return the number of flows; after a repetition those of the second pass
     */
    public Future<Long> dump(DumpOptions options, FlowListener each) {
        Promise<Long> promise = newPromise();
        if (isOpen(promise)) {
            dumps.add((out, sequence) -> encoder.dump(out, sequence, options), EntryTaker.flows(options, each),
                promise);
        }
        return promise;
    }

    /**
     * Tells of all expectations of a family, 0 for every one; otherwise as {@link #dump(DumpOptions, FlowListener)}.
     *
     * @return the number of expectations
     */
    public Future<Long> dumpExpectations(int family, ExpectationListener each) {
        Promise<Long> promise = newPromise();
        if (isOpen(promise)) {
            dumps.add((out, sequence) -> ExpectationEncoder.dump(out, sequence, family),
                EntryTaker.expectations(each), promise);
        }
        return promise;
    }

    /**
     * Stops reading: a dump stands still, and answers to other requests wait. What the socket read already, up to
     * half a megabyte, is still delivered.
     */
    public void pause() {
        channel.config().setAutoRead(false);
    }

    /** Reads again after {@link #pause()}. */
    public void resume() {
        channel.config().setAutoRead(true);
    }

    /** Asks for the flow with the key's original tuple and zone; false where there is none. */
    public Future<Boolean> get(Conntrack key, FlowListener listener) {
        return get((out, sequence) -> encoder.get(out, sequence, key), EntryTaker.flows(DumpOptions.ALL, listener));
    }

    /** Asks for the expectation with the key's expected tuple and zone, and id if known; false where there is none. */
    public Future<Boolean> get(Expectation key, ExpectationListener listener) {
        return get((out, sequence) -> ExpectationEncoder.get(out, sequence, key), EntryTaker.expectations(listener));
    }

    private Future<Boolean> get(EntryRequest request, EntryTaker taker) {
        Promise<Boolean> promise = newPromise();
        if (isOpen(promise)) {
            requests.send(request, Completion.of(promise, taker));
        }
        return promise;
    }

    /**
     * Creates a flow, see {@link ConntrackEncoder#create}, or an expectation, whose master has to be there and to have
     * a helper; {@code EEXIST} where its tuple is taken.
     */
    public Future<Void> create(ConntrackEntry entry) {
        return request(ConntrackRequest.CREATE, entry);
    }

    /** Changes a flow, see {@link ConntrackEncoder#update}, or an expectation's timeout; {@code ENOENT} for none. */
    public Future<Void> update(ConntrackEntry entry) {
        return request(ConntrackRequest.UPDATE, entry);
    }

    /** Deletes a flow, see {@link ConntrackEncoder#delete}, or an expectation; {@code ENOENT} where there is none. */
    public Future<Void> delete(ConntrackEntry entry) {
        return request(ConntrackRequest.DELETE, entry);
    }

    private Future<Void> request(ConntrackRequest request, ConntrackEntry entry) {
        return request((out, sequence) -> encoder.encode(request, out, sequence, entry));
    }

    private Future<Void> request(EntryRequest request) {
        Promise<Void> promise = newPromise();
        if (isOpen(promise)) {
            requests.send(request, Completion.of(promise));
        }
        return promise;
    }

    /** Deletes every flow. */
    public Future<Void> flush() {
        return flush(DumpOptions.ALL);
    }

    /** Deletes every flow that the options let through, in one request that the kernel works on in one go. */
    public Future<Void> flush(DumpOptions options) {
        return request((out, sequence) -> encoder.flush(out, sequence, options));
    }

    /** Deletes every expectation. */
    public Future<Void> flushExpectations() {
        return request(ExpectationEncoder::flush);
    }

    /**
     * Adds a request to those that {@link #flushRequests()} sends; large batches go out before that. Its end is told
     * to the {@link #onResult} listener, never before this method returns. Nothing is refused, but whoever makes many
     * requests stops while {@link #isWritable()} is false.
     *
     * @param token told with the result; any number
     */
    public void submit(ConntrackRequest request, ConntrackEntry entry, int token) {
        requests.submit(request, entry, token);
    }

    /**
     * As {@link #submit(ConntrackRequest, ConntrackEntry, int)}, of a request that a {@link ConntrackEncoder} has made,
     * on any thread and with any sequence number.
     *
     * @param from holds the request in {@code length} bytes from {@code index} on, which are copied
     */
    public void submit(ByteBuf from, int index, int length, int token) {
        requests.submit(from, index, length, token);
    }

    /** Sends what was submitted, as far as answers fit the receive buffer; the rest follows by itself. */
    public void flushRequests() {
        requests.flush();
    }

    /** Says who hears of the results of {@link #submit}. */
    public void onResult(ResultListener listener) {
        requests.onResult(listener);
    }

    /** Whether more requests should be submitted. */
    public boolean isWritable() {
        return requests.isWritable();
    }

    /** Says who hears, on the loop, that {@link #isWritable()} is true again, after it was false. */
    public void onWritable(Runnable listener) {
        requests.onWritable(listener);
    }

    /** Requests, dumps aside, whose result was not told yet. */
    public int pendingRequests() {
        return requests.pending();
    }

    /** Times that the kernel said that a dump was not of one piece. */
    public long dumpInterruptions() {
        return dumps.interruptions();
    }

    /** Messages that were malformed, and dropped. */
    public long malformed() {
        return decoder.malformed() + handler.malformed();
    }

    /** Messages that nobody waited for. */
    public long unexpected() {
        return handler.unexpected();
    }

    /** The channel, for its counters and its loop. */
    public NetlinkChannel channel() {
        return channel;
    }

    /** Closes the socket; what has no answer yet fails with {@code ENOTCONN}. Any thread. */
    @Override
    public void close() {
        channel.close();
    }

    private <T> Promise<T> newPromise() {
        assert channel.eventLoop().inEventLoop();
        return channel.eventLoop().newPromise();
    }

    private boolean isOpen(Promise<?> promise) {
        if (requests.isClosed()) {
            promise.setFailure(new NetlinkException(Errno.ENOTCONN, "", -1));
        }
        return !requests.isClosed();
    }
}
