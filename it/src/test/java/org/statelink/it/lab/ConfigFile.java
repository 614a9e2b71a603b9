/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A conntrackd.conf: a multicast link and FTFW unless told otherwise, and the parts that a test wants otherwise. */
public final class ConfigFile {
    private final Path directory;
    private final IntFunction<LinkAddresses> places;
    private DedicatedLink link = DedicatedLink.MULTICAST_IPV4;
    private int links = 1;
    private String options = "";
    private String statistics;
    private String modeName = "FTFW";
    private String mode = "";
    private String general = "";
    private String filter = "";
    private String filterPlace = "Userspace";
    private int hashLimit = 1 << 20;
    private int eventBuffer = 1 << 26;
    private String metrics = "off";
    private String rehearsal = "off";

    /** One in a directory, for a daemon that has these places on the networks 0, 1, and so on. */
    public ConfigFile(Path directory, IntFunction<LinkAddresses> places) {
        this.directory = directory;
        this.places = places;
    }

    /** What carries the dedicated link. */
    public ConfigFile link(DedicatedLink value) {
        return links(value, 1);
    }

    /** So many dedicated links of a kind, each on a network of its own; the first one is used first. */
    public ConfigFile links(DedicatedLink value, int count) {
        link = value;
        links = count;
        return this;
    }

    /** Another mode: NOTRACK or ALARM. */
    public ConfigFile modeName(String name) {
        modeName = name;
        return this;
    }

    /** More lines for the Mode block. */
    public ConfigFile mode(String lines) {
        mode = lines;
        return this;
    }

    /** The lines of the Options block. */
    public ConfigFile options(String lines) {
        options = lines;
        return this;
    }

    /** A Stats block of these lines, in the place of all that concerns replication. */
    public ConfigFile statistics(String lines) {
        statistics = lines;
        return this;
    }

    /** More lines for the General block. */
    public ConfigFile general(String lines) {
        general = lines;
        return this;
    }

    /** More lines for the Filter block, which ignores the addresses of the lab itself. */
    public ConfigFile filter(String lines) {
        filter = lines;
        return this;
    }

    /** Has the kernel filter the events. */
    public ConfigFile filterInKernel() {
        filterPlace = "Kernelspace";
        return this;
    }

    public ConfigFile hashLimit(int objects) {
        hashLimit = objects;
        return this;
    }

    /** The bytes that the kernel may queue for the daemon; more events than fit are lost. */
    public ConfigFile eventBuffer(int bytes) {
        eventBuffer = bytes;
        return this;
    }

    /** Where metrics are told, which the environment says beside a classic file. */
    public ConfigFile metrics(String listen) {
        metrics = listen;
        return this;
    }

    /** The daemon rehearses at its start, as it does where nobody says otherwise; few tests need it to be quick. */
    public ConfigFile rehearsed() {
        rehearsal = "on";
        return this;
    }

    /** What the daemon finds in its environment. */
    public Map<String, String> environment() {
        return Map.of("STATELINK_METRICS_LISTEN", metrics, "STATELINK_REHEARSAL", rehearsal);
    }

    public Path path() {
        return directory.resolve("conntrackd.conf");
    }

    public Path socket() {
        return directory.resolve("ctl");
    }

    public Path lock() {
        return directory.resolve("lock");
    }

    /** Writes it and returns where it is. */
    public Path write() {
        try {
            return Files.writeString(path(), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String purpose() {
        if (statistics != null) {
            return "Stats {\n" + statistics + "\n}";
        }
        return """
            Sync {
                Mode %s {
                    %s
                }
                %s
                Options {
                    %s
                }
            }
            """.formatted(modeName, mode, linkBlocks(), options);
    }

    private String text() {
        return """
            %s
            General {
                HashSize 65536
                HashLimit %d
                LockFile %s
                UNIX {
                    Path %s
                }
                NetlinkBufferSize %d
                NetlinkBufferSizeMaxGrowth %d
                NetlinkOverrunResync 1
                Filter From %s {
                    Address Ignore {
                        IPv4_address 127.0.0.1
                        IPv4_address 192.168.77.0/24
                        IPv4_address 192.168.78.0/24
                    }
                    %s
                }
                %s
            }
            """.formatted(purpose(), hashLimit, lock(), socket(), eventBuffer, eventBuffer,
                filterPlace, filter, general);
    }

    private String linkBlocks() {
        return IntStream.range(0, links).mapToObj(number -> link.block(number, places.apply(number)))
            .collect(Collectors.joining());
    }
}
