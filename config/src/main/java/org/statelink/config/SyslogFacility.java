/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Locale;
import java.util.Optional;

/** The syslog facilities that a configuration may name. */
public enum SyslogFacility {
    /** System daemons; what {@code Syslog on} stands for. */
    DAEMON(3),
    /** Local use 0. */
    LOCAL0(16),
    /** Local use 1. */
    LOCAL1(17),
    /** Local use 2. */
    LOCAL2(18),
    /** Local use 3. */
    LOCAL3(19),
    /** Local use 4. */
    LOCAL4(20),
    /** Local use 5. */
    LOCAL5(21),
    /** Local use 6. */
    LOCAL6(22),
    /** Local use 7. */
    LOCAL7(23);

    private final int number;

    SyslogFacility(int number) {
        this.number = number;
    }

    /** The facility's number in RFC 5424, before it is shifted into a priority. */
    public int number() {
        return number;
    }

    /** The name as a configuration spells it: lower case. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The facility of that name, case-sensitive as in the classic language. */
    public static Optional<SyslogFacility> ofName(String name) {
        for (SyslogFacility facility : values()) {
            if (facility.configName().equals(name)) {
                return Optional.of(facility);
            }
        }
        return Optional.empty();
    }
}
