/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A client and a server that talk through a node, which tracks what they say, marks and labels it, and translates both
 * ends of it. Every connection is a new one, and over when the call returns.
 */
public final class Traffic implements AutoCloseable {
    private static final String CLIENT = "10.1.0.100";
    private static final String SERVER = "10.2.0.200";
    private static final InetSocketAddress TCP_SERVER = new InetSocketAddress(SERVER, 80);
    private static final InetSocketAddress TCP_REDIRECTED = new InetSocketAddress("10.1.0.1", 8080);
    private static final InetSocketAddress UDP_SERVER = new InetSocketAddress(SERVER, 53);
    private static final int ANSWER_MILLIS = 5_000;

    private final Namespace client;
    private final Namespace server;
    private final Namespace node;
    private final ServerSocket tcp;
    private final DatagramSocket udp;

    /** Builds the networks and starts the server. */
    public Traffic(Lab lab, Node through) {
        client = Namespace.create(Machine.namespaceName("client"));
        server = Namespace.create(Machine.namespaceName("server"));
        node = through.namespace();
        Switch inside = lab.addSwitch("inside");
        Switch outside = lab.addSwitch("outside");
        inside.plug(client, "inside0", CLIENT + "/24");
        outside.plug(server, "outside0", SERVER + "/24");
        inside.plug(node, "inside0", "10.1.0.1/24");
        outside.plug(node, "outside0", "10.2.0.1/24");
        track(node);
        client.expect("ip", "route", "add", "default", "via", "10.1.0.1");
        tcp = server.call(() -> new ServerSocket(80, 1_000));
        udp = server.call(() -> new DatagramSocket(53));
        serve("TCP server", this::answerConnection);
        serve("UDP server", this::answerDatagram);
    }

    private static void track(Namespace node) {
        node.expect("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        node.nft("""
            insert rule inet features untracked_in iifname { inside0, outside0 } accept
            add rule inet features translated oifname outside0 snat ip to 10.2.0.1
            add chain inet features redirected { type nat hook prerouting priority dstnat; }
            add rule inet features redirected iifname inside0 tcp dport 8080 dnat ip to 10.2.0.200:80
            add chain inet features passed { type filter hook forward priority 0; }
            add rule inet features passed ct state new ct mark set numgen random mod 1000 offset 1
            add rule inet features passed ct state established ct label set 2
            """);
    }

    private interface Service {
        void serve() throws IOException;
    }

    /** Until the socket is closed. */
    private void serve(String name, Service service) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            while (!tcp.isClosed()) {
                try {
                    service.serve();
                } catch (IOException e) {
                    // the client was cut off, or the end has come
                }
            }
        });
    }

    private void answerConnection() throws IOException {
        try (Socket connection = tcp.accept()) {
            connection.getOutputStream().write(connection.getInputStream().read());
        }
    }

    private void answerDatagram() throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[1], 1);
        udp.receive(datagram);
        udp.send(datagram);
    }

    /** Opens, uses and closes so many connections. Every second one is redirected, every third one is cut off. */
    public void connect(int connections) {
        client.call(() -> {
            for (int i = 0; i < connections; i++) {
                connect(i % 2 == 0 ? TCP_SERVER : TCP_REDIRECTED, i % 3 == 0);
            }
            return connections;
        });
    }

    private static void connect(InetSocketAddress to, boolean cutOff) throws IOException {
        try (Socket connection = new Socket()) {
            connection.setSoTimeout(ANSWER_MILLIS);
            connection.connect(to, ANSWER_MILLIS);
            connection.getOutputStream().write(1);
            if (cutOff) {
                connection.setSoLinger(true, 0);
            } else {
                connection.getInputStream().readAllBytes();
            }
        }
    }

    /** Asks so many questions over UDP, each from a port of its own; every second one is answered. */
    public void ask(int questions) {
        client.call(() -> {
            for (int i = 0; i < questions; i++) {
                ask(i % 2 == 0 ? UDP_SERVER : new InetSocketAddress(InetAddress.getByName(SERVER), 9), i % 2 == 0);
            }
            return questions;
        });
    }

    private static void ask(InetSocketAddress who, boolean answers) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(ANSWER_MILLIS);
            DatagramPacket datagram = new DatagramPacket(new byte[1], 1, who);
            socket.send(datagram);
            if (answers) {
                socket.receive(datagram);
            }
        }
    }

    /** The node forgets what it tracked, of which something would end at any moment. */
    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
        client.delete();
        server.delete();
        node.expect("conntrack", "-D", "-s", CLIENT);
    }
}
