/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Times as {@code ctime(3)} writes them, without the line feed: {@code Sat Nov 21 19:02:07 2026}. */
public final class Ctime {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private Ctime() {
    }

    /** Appends a time. */
    public static void append(StringBuilder to, long epochSeconds, ZoneId zone) {
        ZonedDateTime time = Instant.ofEpochSecond(epochSeconds).atZone(zone);
        appendName(to, DAYS, time.getDayOfWeek().getValue());
        appendName(to, MONTHS, time.getMonthValue());
        appendTwo(to, ' ', time.getDayOfMonth()).append(' ');
        appendTwo(to, '0', time.getHour()).append(':');
        appendTwo(to, '0', time.getMinute()).append(':');
        appendTwo(to, '0', time.getSecond()).append(' ').append(time.getYear());
    }

    private static void appendName(StringBuilder to, String names, int number) {
        to.append(names, 3 * number - 3, 3 * number).append(' ');
    }

    static StringBuilder appendTwo(StringBuilder to, char padding, int value) {
        return value < 10 ? to.append(padding).append(value) : to.append(value);
    }
}
