/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.net.URL;

/** Includes files, not without end, and nothing from the network. */
final class BoundedIncluder implements ConfigIncluder, ConfigIncluderURL {
    private static final int MOST = 100;

    private final ConfigIncluder next;
    private final int[] count;

    BoundedIncluder() {
        this(null, new int[1]);
    }

    private BoundedIncluder(ConfigIncluder next, int[] count) {
        this.next = next;
        this.count = count;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new BoundedIncluder(next == null ? fallback : next.withFallback(fallback), count);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        if (++count[0] > MOST) {
            throw new com.typesafe.config.ConfigException.Generic("more than " + MOST + " includes");
        }
        return next == null ? ConfigFactory.empty().root() : next.include(context, what);
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw new com.typesafe.config.ConfigException.Generic("no include from a URL: " + what);
    }
}
