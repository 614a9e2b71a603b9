/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reads a configuration file, be it of the classic language or HOCON with everything under "statelink": the content
 * tells. Any thread; blocks on the file.
 *
 * <p>Every command of the client reads the file first, so the classic reader does without lambdas, streams and regular
 * expressions: each costs a starting JVM milliseconds.
 */
public final class ConfigReader {
    /** Bytes beyond which a file is no configuration. */
    static final int LARGEST_FILE = 16 << 20;

    private ConfigReader() {
    }

    /**
     * Reads a file, looking up names on this host.
     *
     * @throws ConfigException if it cannot be read or used
     */
    public static ConfigResult read(Path file) throws ConfigException {
        return read(file, Environment.host());
    }

    /**
     * Reads a file.
     *
     * @param environment where names of interfaces and protocols are looked up
     * @throws ConfigException if it cannot be read or used
     */
    public static ConfigResult read(Path file, Environment environment) throws ConfigException {
        byte[] bytes = bytes(file);
        return HoconSniffer.isHocon(bytes)
            ? new HoconReader(file.toString(), environment).read(bytes, file)
            : withMetrics(read(bytes, file.toString(), environment), environment);
    }

    /** The classic language cannot say where metrics are told; the environment can. */
    private static ConfigResult withMetrics(ConfigResult read, Environment environment) throws ConfigException {
        String listen = environment.variable(Metrics.VARIABLE);
        if (listen.isEmpty() || listen.equals("off")) {
            return read;
        }
        InetSocketAddress address = Metrics.address(listen);
        if (address == null) {
            throw new ConfigException(Diagnostic.general(Severity.ERROR, Metrics.VARIABLE, "needs an address and a "
                + "port such as 127.0.0.1:9466 or [::1]:9466, or off; not '" + listen + "'"));
        }
        return new ConfigResult(read.config().withMetrics(Metrics.at(address)), read.warnings(),
            read.startWarnings(), read.deviations());
    }

    /** Reads what a file of the classic language would hold. */
    static ConfigResult read(byte[] bytes, String file, Environment environment) throws ConfigException {
        return new ClassicReader(bytes, file, environment).read();
    }

    static byte[] bytes(Path file) throws ConfigException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new ConfigException(Diagnostic.general(Severity.ERROR, file.toString(),
                    "larger than " + LARGEST_FILE + " bytes: this is no configuration file"),
                    Set.of(Deviation.FILE_SIZE));
            }
            return bytes;
        } catch (IOException e) {
            throw new ConfigException(
                Diagnostic.general(Severity.ERROR, file.toString(), "can't open config file `" + file + "'"));
        }
    }
}
