/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A conntrackd.conf: one multicast link, FTFW unless told otherwise, and the parts that a test wants otherwise. */
public final class ConfigFile {
    /** The multicast group and UDP port of the dedicated link. */
    public static final String GROUP = "225.0.0.50";
    public static final int PORT = 3780;

    private final Path directory;
    private final String address;
    private String networkInterface = "sync0";
    private String modeName = "FTFW";
    private String mode = "";
    private String general = "";
    private String filter = "";
    private String filterPlace = "Userspace";
    private int hashLimit = 1 << 20;
    private int eventBuffer = 1 << 26;

    ConfigFile(Path directory, String address) {
        this.directory = directory;
        this.address = address;
    }

    /** The dedicated link's interface. */
    public ConfigFile networkInterface(String name) {
        networkInterface = name;
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

    private String text() {
        return """
            Sync {
                Mode %s {
                    %s
                }
                Multicast {
                    IPv4_address %s
                    Group %d
                    IPv4_interface %s
                    Interface %s
                    SndSocketBuffer 4194304
                    RcvSocketBuffer 4194304
                    Checksum on
                }
            }
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
                    }
                    %s
                }
                %s
            }
            """.formatted(modeName, mode, GROUP, PORT, address, networkInterface, hashLimit, lock(), socket(),
                eventBuffer, eventBuffer, filterPlace, filter, general);
    }
}
