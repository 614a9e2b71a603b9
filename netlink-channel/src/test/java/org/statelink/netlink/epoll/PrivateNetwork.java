/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.statelink.netlink.NetlinkProtocol;

/**
 * A network namespace, and with it a conntrack table, of its own: that of a thread which left the common one
 * (unshare(2)). It needs root, has no name, and vanishes with the thread and the sockets, even if the JVM is killed.
 */
public final class PrivateNetwork implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    /** Leaves the common network on a thread of its own. */
    public PrivateNetwork() {
        assertThat(call(PrivateNetwork::unshare)).as("unshare(CLONE_NEWNET), needs root").isZero();
    }

    /** Opens a channel whose socket belongs to this network. */
    EpollNetlinkChannel open() {
        return call(() -> new EpollNetlinkChannel(NetlinkProtocol.NETFILTER));
    }

    /** Calls something on the thread that lives there: sockets it opens and programs it starts do too. */
    public <T> T call(Callable<T> inside) {
        try {
            return thread.submit(inside).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    @SuppressWarnings("restricted")
    private static int unshare() throws Exception {
        Linker linker = Linker.nativeLinker();
        MethodHandle unshare = linker.downcallHandle(linker.defaultLookup().findOrThrow("unshare"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            return (int) unshare.invokeExact(CLONE_NEWNET);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }
}
