/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.statelink.config.Metrics;

/** Asks a daemon for its metrics. */
final class MetricsPage {
    private final InetSocketAddress address;

    MetricsPage(Metrics metrics) {
        address = metrics.listen().orElseThrow();
    }

    /** A port of this host that nobody uses now. */
    static Metrics freeAddress() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return Metrics.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort()));
        }
    }

    HttpResponse<String> get(String path) {
        return send(path, "GET");
    }

    HttpResponse<String> send(String path, String method) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + Metrics.format(address) + path))
            .method(method, HttpRequest.BodyPublishers.noBody()).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends some bytes and reads to the end. */
    String raw(String request) throws IOException {
        try (Socket socket = connect(); InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    Socket connect() throws IOException {
        return new Socket(address.getAddress(), address.getPort());
    }
}
