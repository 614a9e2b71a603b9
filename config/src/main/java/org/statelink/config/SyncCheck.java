/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks the mode and the dedicated links. */
final class SyncCheck {
    private final Sync sync;
    private final Places places;
    private final Environment environment;
    private final List<Diagnostic> found;

    SyncCheck(Sync sync, Places places, Environment environment, List<Diagnostic> found) {
        this.sync = sync;
        this.places = places;
        this.environment = environment;
        this.found = found;
    }

    void run() {
        mode();
        if (sync.links().isEmpty()) {
            error("Sync", "no dedicated link: Sync needs at least one Multicast, UDP or TCP");
        }
        for (int i = 0; i < sync.links().size(); i++) {
            link(sync.links().get(i), "link " + (i + 1));
        }
        twins();
        if (sync.links().stream().filter(LinkConfig::preferred).count() > 1) {
            warn("", "several links are marked Default: the last one counts");
        }
    }

    private void mode() {
        if (sync.mode() instanceof Mode.Alarm alarm && alarm.cacheTimeout() <= alarm.refreshTime()) {
            warn("CacheTimeout", "CacheTimeout " + alarm.cacheTimeout() + " is not above RefreshTime "
                + alarm.refreshTime() + ": if the peer is set alike, states disappear before they are refreshed");
        }
        if (sync.mode() instanceof Mode.Ftfw ftfw && ftfw.ackWindowSize() > ftfw.resendQueueSize()) {
            warn("ACKWindowSize", "ACKWindowSize " + ftfw.ackWindowSize() + " is above ResendQueueSize "
                + ftfw.resendQueueSize() + ": the queue is full before the peer acknowledges anything");
        }
    }

    private void link(LinkConfig link, String name) {
        if (link.interfaceName().isEmpty()) {
            error("", name + " names no Interface");
        }
        if (link.address().isEmpty()) {
            error("", name + " has no address");
        }
        if (link.port() == 0) {
            warn("", name + " has no port: the kernel will choose one that the peer cannot know");
        }
        buffer(link.sendBuffer(), "SndSocketBuffer", "net.core.wmem_max");
        buffer(link.receiveBuffer(), "RcvSocketBuffer", "net.core.rmem_max");
        switch (link) {
            case MulticastLink multicast -> multicast(multicast, name);
            case UdpLink udp -> unicast(udp, udp.destination(), name);
            case TcpLink tcp -> unicast(tcp, tcp.destination(), name);
        }
    }

    private void multicast(MulticastLink link, String name) {
        link.group().filter(group -> !group.isMulticastAddress()).ifPresent(group ->
            error(text(group), name + ": " + text(group) + " is no multicast address"));
        boolean ipv4 = link.group().filter(Inet4Address.class::isInstance).isPresent();
        if (ipv4 && link.interfaceAddress().isEmpty()) {
            error("", name + " has no IPv4_interface: the kernel cannot know where to join the group");
        }
        link.interfaceAddress().ifPresent(address -> local(address, name));
    }

    private void unicast(LinkConfig link, Optional<InetAddress> destination, String name) {
        link.address().ifPresent(address -> local(address, name));
        if (destination.isEmpty()) {
            error("", name + " has no destination address: it would talk to this node itself");
            return;
        }
        InetAddress peer = destination.get();
        link.address().ifPresent(address -> {
            if (address.equals(peer)) {
                error("", name + ": the destination is this node's own address " + text(peer));
            } else if (address instanceof Inet4Address != peer instanceof Inet4Address) {
                error(text(peer), name + ": " + text(address) + " and " + text(peer)
                    + " are of different address families");
            }
        });
        if (peer.isMulticastAddress()) {
            error(text(peer), name + ": " + text(peer) + " is a multicast address, and a "
                + link.transport().keyword() + " link has one peer");
        }
    }

    private void local(InetAddress address, String name) {
        if (!environment.hasAddress(address)) {
            warn(text(address), name + ": no interface of this host has the address " + text(address));
        }
    }

    private void buffer(int size, String word, String setting) {
        OptionalLong most = environment.sysctl(setting);
        if (most.isPresent() && size > most.getAsLong()) {
            warn(word, word + ' ' + size + " is beyond " + setting + ' ' + most.getAsLong()
                + ": only a daemon with CAP_NET_ADMIN gets it");
        }
    }

    /** Links that stand in each other's way. */
    private void twins() {
        Map<String, Integer> sockets = new HashMap<>();
        Map<String, Integer> interfaces = new HashMap<>();
        for (int i = 0; i < sync.links().size(); i++) {
            LinkConfig link = sync.links().get(i);
            int number = i + 1;
            link.address().ifPresent(address -> {
                Integer other = sockets.putIfAbsent(text(address) + ' ' + link.port(), number);
                if (other != null) {
                    sameSocket(link, other, number, text(address));
                }
            });
            link.interfaceName().ifPresent(name -> {
                Integer other = interfaces.putIfAbsent(name, number);
                if (other != null) {
                    warn("", "links " + other + " and " + number + " share the interface " + name
                        + ": if it fails, both fail");
                }
            });
        }
    }

    private void sameSocket(LinkConfig link, int first, int second, String address) {
        String both = "links " + first + " and " + second;
        if (link.transport() == LinkConfig.Transport.MULTICAST) {
            warn("", both + " use one group, " + address + " port " + link.port()
                + ": each receives what is sent on the other");
        } else {
            error("", both + " receive on one address, " + address + " port " + link.port());
        }
    }

    private static String text(InetAddress address) {
        return AddressText.format(address);
    }

    private void error(String word, String message) {
        found.add(places.diagnostic(Severity.ERROR, word, message));
    }

    private void warn(String word, String message) {
        found.add(places.diagnostic(Severity.WARNING, word, message));
    }
}
