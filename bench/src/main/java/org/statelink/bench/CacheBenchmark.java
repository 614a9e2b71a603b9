/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.InternalCache;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;

/**
 * What an event costs the caches, at random places of a table of many flows. Run with {@code -prof gc}: the allocation
 * rate per operation is to be 0.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CacheBenchmark {
    @Param("500000")
    private int entries;

    private final Conntrack flow = new Conntrack();
    private final ByteBuf body = Unpooled.buffer(4096);
    private InternalCache internal;
    private ExternalCache external;
    private int number;

    /** Fills both caches. */
    @Setup
    public void fill() {
        internal = new InternalCache(2 * entries, true, true);
        external = new ExternalCache(2 * entries);
        for (int i = 0; i < entries; i++) {
            SampleFlows.fill(flow, i, 3);
            internal.onNew(flow, false, 0);
            external.apply(MessageType.CT_NEW, 0, flow, 0);
        }
    }

    /** Frees both. */
    @TearDown
    public void close() {
        internal.close();
        external.close();
    }

    private void another(int first) {
        number = (int) ((number + 0x9E3779B1L) & 0x7fffffff);
        SampleFlows.fill(flow, first + number % entries, 4);
    }

    /** Making the flow that the others pass: to be subtracted. */
    @Benchmark
    public Conntrack baseline() {
        another(0);
        return flow;
    }

    /** Looks up a flow that is there. */
    @Benchmark
    public int find() {
        another(0);
        return internal.find(flow);
    }

    /** An event that tells all that is stored. */
    @Benchmark
    public int update() {
        another(0);
        return internal.onUpdate(flow, false, 1);
    }

    /** An event that has to be merged with what is stored. */
    @Benchmark
    public int updateMerging() {
        another(0);
        flow.forget(Field.SYNPROXY);
        return internal.onUpdate(flow, false, 1);
    }

    /** A flow comes and goes. */
    @Benchmark
    public boolean createAndDestroy() {
        another(entries);
        internal.onNew(flow, false, 1);
        return internal.onDestroy(flow, false);
    }

    /** A message arrives with the new state of a flow; what its encoding costs is part of it. */
    @Benchmark
    public BodyResult receiveUpdate() {
        another(0);
        body.clear();
        ConntrackBody.encode(flow, body, true, true);
        return external.apply(MessageType.CT_UPDATE, 0, body, 1);
    }

    /** An update is stored and written to a message. */
    @Benchmark
    public int updateAndEncode() {
        another(0);
        int ref = internal.onUpdate(flow, false, 1);
        internal.encode(ref, body.clear());
        return body.writerIndex();
    }
}
