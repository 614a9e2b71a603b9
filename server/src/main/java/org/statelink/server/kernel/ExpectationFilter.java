/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.statelink.config.Options;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.KernelName;

/**
 * Which of the kernel's expectations the daemon takes note of: those of some helpers, of all or of none. Immutable; any
 * thread. Source: docs of conntrackd's modes, section 10.4.
 */
public final class ExpectationFilter {
    /** Lets none through. */
    public static final ExpectationFilter NONE = new ExpectationFilter(false, List.of());

    private final boolean active;
    private final byte[][] helpers;

    /** A filter that does what the configuration says ({@code ExpectationSync}). */
    public ExpectationFilter(Options options) {
        this(options.expectationSync(), options.expectationHelpers());
    }

    private ExpectationFilter(boolean active, List<String> names) {
        this.active = active;
        helpers = new byte[names.size()][];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = names.get(i).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Whether any expectation counts. */
    public boolean isActive() {
        return active;
    }

    /** Whether the expectation counts: if its helper's name begins as one of the names does, in whatever case. */
    public boolean accepts(Expectation expectation) {
        if (!active || helpers.length == 0) {
            return active;
        }
        if (expectation.has(ExpectationField.HELPER)) {
            for (byte[] helper : helpers) {
                if (begins(expectation.helper(), helper)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean begins(KernelName name, byte[] with) {
        if (name.length() < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (Character.toLowerCase(name.at(i)) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
