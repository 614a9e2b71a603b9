/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;

/** One or more files for each {@link Deviation}, with both verdicts. */
final class DeviationSamples {
    static final List<Sample> ALL = List.of(
        better(Deviation.NAME, "Sync { UDP { Interface e0 } }\n"),
        better(Deviation.NAME, "Sync { UDP { Interface cafe } }\n"),
        better(Deviation.NAME, "Sync { UDP { Interface TCP } }\n"),
        better(Deviation.NAME, "Sync { UDP { Interface on } }\n"),
        better(Deviation.NAME, "Sync { UDP { Interface Default } }\n"),
        better(Deviation.NAME, "Sync { UDP { Interface 5g0 } }\n"),
        better(Deviation.NAME, "Sync { UDP { Interface eth0@if7 } }\n"),
        better(Deviation.NAME, "General { Filter { Protocol Accept { fc } } }\n"),
        better(Deviation.NAME, "Sync { Options { ExpectationSync { TCP } } }\n"),
        better(Deviation.COMMENT_AT_END, "General { } # the end"),
        better(Deviation.PERSISTENT, "Sync { Mode persistent { } }\n"),
        new Sample(Deviation.BYTE_ORDER_MARK, "\u00ef\u00bb\u00bfGeneral { HashSize 5 }\n", true, true),
        new Sample(Deviation.BYTE_ORDER_MARK, "\u00ef\u00bb\u00bfGeneral { Foo }\n", false, true),
        new Sample(Deviation.FOREIGN_BYTE, "General { } \u0000 Foo\n", false, true),
        new Sample(Deviation.FOREIGN_BYTE, "General { } \u00e9\n", false, true),
        new Sample(Deviation.NUL_IN_PATH, "General { LockFile /tmp/a\u0000b\n }\n", false, true),
        new Sample(Deviation.LARGE_NUMBER, "General { HashSize 99999999999 }\n", true, true),
        new Sample(Deviation.LARGE_NUMBER, "General { PollSecs 4294967296 }\n", true, false),
        new Sample(Deviation.LARGE_NUMBER, "Sync { UDP { Port 70000 } }\n", true, true),
        new Sample(Deviation.NESTING,
            "Helper { " + "Type ftp inet tcp { ".repeat(60) + "}".repeat(61) + "\n", false, true),
        new Sample(Deviation.FILE_SIZE, "# a comment\n".repeat(2 << 20), false, true),
        new Sample(Deviation.EMPTY_FIFTH_LINK, "Sync { TCP { } TCP { } TCP { } TCP { } TCP { } }\n", false, true));

    private DeviationSamples() {
    }

    private static Sample better(Deviation deviation, String text) {
        return new Sample(deviation, text, true, false);
    }

    record Sample(Deviation deviation, String text, boolean accepted, boolean acceptedByConntrackd) {
    }
}
