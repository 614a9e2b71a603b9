/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.epoll.EpollNetlinkChannel;

/** What we create, Debian's {@code conntrack} shows, and the other way round. Needs privilege. */
class ConntrackToolIT {
    private KernelFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new KernelFixture(EpollNetlinkChannel::new);
        fixture.deleteOurs();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private static String conntrack(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "/usr/sbin/conntrack";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static String line(Conntrack flow) throws Exception {
        String family = flow.original().family() == Tuple.IPV6 ? "ipv6" : "ipv4";
        String source = Addresses.format(flow.original().family(), flow.original().sourceHigh(),
            flow.original().sourceLow());
        return conntrack("-L", "-f", family, "-s", source).lines()
            .filter(line -> line.contains("src=" + source)).findFirst().orElse("");
    }

    private static String ends(Tuple tuple) {
        return "src=" + Addresses.format(tuple.family(), tuple.sourceHigh(), tuple.sourceLow()) + " dst="
            + Addresses.format(tuple.family(), tuple.destinationHigh(), tuple.destinationLow());
    }

    private static String key(Tuple tuple) {
        if (IpProtocol.hasPorts(tuple.protocol())) {
            return " sport=" + tuple.sourcePort() + " dport=" + tuple.destinationPort();
        } else if (IpProtocol.isIcmp(tuple.protocol())) {
            return " type=" + tuple.icmpType() + " code=" + tuple.icmpCode() + " id=" + tuple.icmpId();
        } else if (tuple.protocol() == IpProtocol.GRE) {
            return " srckey=0x%x dstkey=0x%x".formatted(tuple.sourcePort(), tuple.destinationPort());
        }
        return "";
    }

    @Test
    void shouldShowWhatWeCreatedForEveryProtocol() throws Exception {
        for (Conntrack flow : ProtocolFlows.all()) {
            flow.setMark(4711);
            fixture.create(flow);
            Tuple reply = new Tuple();
            reply.setInverse(flow.original());
            String line = line(flow);
            assertThat(line).contains(" " + flow.original().protocol() + " ").contains(ends(flow.original())
                + key(flow.original())).contains(ends(reply) + key(reply)).contains("mark=4711");
            assertThat(line.contains("[ASSURED]")).isTrue();
            fixture.deleteOurs();
        }
    }

    @Test
    void shouldShowTheTranslationThatWeAskedFor() throws Exception {
        Conntrack flow = Flows.tcp(3001);
        flow.nat().setSource(0, 0xc6336434L);
        flow.nat().setSourcePort(41003);
        flow.mark(Field.SNAT_ADDRESS);
        flow.mark(Field.SNAT_PORT);
        fixture.create(flow);
        assertThat(line(flow)).contains("tcp").contains("ESTABLISHED")
            .contains("src=203.0.113.177 dst=198.51.100.52 sport=443 dport=41003");
    }

    @Test
    void shouldReadWhatConntrackCreated() throws Exception {
        assertThat(conntrack("-I", "-s", "198.51.100.177", "-d", "203.0.113.177", "-p", "tcp", "--sport", "3002",
            "--dport", "80", "-t", "90", "--state", "ESTABLISHED", "-u", "ASSURED,SEEN_REPLY", "-m", "99", "-w", "7"))
            .contains("1 flow entries have been created");
        List<Conntrack> flows = fixture.dump(DumpOptions.ALL);
        assertThat(flows).hasSize(1);
        Conntrack flow = flows.get(0);
        assertThat(flow.original().sourcePort()).isEqualTo(3002);
        assertThat(flow.protocol().state()).isEqualTo(3);
        assertThat(flow.timeout()).isBetween(80, 90);
        assertThat(flow.mark()).isEqualTo(99);
        assertThat(flow.zone()).isEqualTo(7);
        assertThat(fixture.event(ConntrackEventType.NEW).portId()).isNotZero().isNotEqualTo(fixture.client.portId());
    }
}
