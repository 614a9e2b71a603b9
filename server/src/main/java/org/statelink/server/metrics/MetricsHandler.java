/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request and closes. Whatever a client sends besides is not looked at. */
final class MetricsHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsHandler.class);
    private static final PrometheusTextFormatWriter METRICS =
        PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private final Exporter exporter;
    private final JvmMetrics jvm;
    private final Duration life;
    private Future<?> deadline;
    private boolean asked;

    MetricsHandler(Exporter exporter, JvmMetrics jvm, Duration life) {
        super(HttpObject.class);
        this.exporter = exporter;
        this.jvm = jvm;
        this.life = life;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> ctx.close(), life.toNanos(), TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject received) {
        if (received instanceof HttpRequest request && !asked) {
            asked = true;
            answer(ctx, request);
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(ctx, refusal(request.decoderResult().cause()));
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            refuse(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED);
        } else {
            answer(ctx, path(request.uri()));
        }
    }

    private void answer(ChannelHandlerContext ctx, String path) {
        switch (path) {
            case "/metrics" -> exporter.metrics(families -> metrics(ctx, families));
            case "/health" -> exporter.health(condition -> health(ctx, condition));
            case "/" -> respond(ctx, HttpResponseStatus.OK, TEXT, text(ctx, "Statelink: /metrics /health\n"));
            default -> refuse(ctx, HttpResponseStatus.NOT_FOUND);
        }
    }

    private static HttpResponseStatus refusal(Throwable cause) {
        return cause instanceof TooLongHttpLineException ? HttpResponseStatus.REQUEST_URI_TOO_LONG
            : cause instanceof TooLongHttpHeaderException ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            : HttpResponseStatus.BAD_REQUEST;
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private void metrics(ChannelHandlerContext ctx, MetricSnapshots families) {
        ByteBuf body = ctx.alloc().buffer();
        try {
            METRICS.write(new ByteBufOutputStream(body), together(families, jvm.take()),
                EscapingScheme.DEFAULT);
        } catch (IOException | RuntimeException e) {
            LOG.error("metrics could not be written", e);
            body.release();
            refuse(ctx, HttpResponseStatus.INTERNAL_SERVER_ERROR);
            return;
        }
        respond(ctx, HttpResponseStatus.OK, PrometheusTextFormatWriter.CONTENT_TYPE, body);
    }

    private static MetricSnapshots together(MetricSnapshots daemon, MetricSnapshots process) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        daemon.forEach(all::metricSnapshot);
        process.forEach(all::metricSnapshot);
        return all.build();
    }

    private static void health(ChannelHandlerContext ctx, Exporter.Condition condition) {
        respond(ctx, condition.failed() ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK, JSON,
            text(ctx, condition.json()));
    }

    private static ByteBuf text(ChannelHandlerContext ctx, String text) {
        return ByteBufUtil.writeUtf8(ctx.alloc(), text);
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        respond(ctx, status, TEXT, text(ctx, status + "\n"));
    }

    /** Of the answer to HEAD the codec sends the head alone. */
    private static void respond(ChannelHandlerContext ctx, HttpResponseStatus status, String type, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
            .set(HttpHeaderNames.CONTENT_TYPE, type)
            .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
            .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
            .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("metrics client lost", cause);
        ctx.close();
    }
}
