/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What system properties and the environment say against the file; the environment has the last word. */
final class HoconOverrides {
    private static final String PROPERTY = "statelink.";
    private static final String VARIABLE = "STATELINK_";
    private static final String FORCED = "CONFIG_FORCE_statelink_";

    private HoconOverrides() {
    }

    /** Takes what is about one of {@code parts}; a process has other things of these prefixes too. */
    static Config of(Map<?, ?> properties, Map<String, String> variables, Set<String> parts) {
        Map<String, Object> fromProperties = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name instanceof String key && key.startsWith(PROPERTY)) {
                put(fromProperties, key.substring(PROPERTY.length()), value, parts);
            }
        });
        Map<String, Object> fromVariables = new HashMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                put(fromVariables, unmangle(name.substring(VARIABLE.length())), value, parts);
            } else if (name.startsWith(FORCED)) {
                put(fromVariables, unmangle(name.substring(FORCED.length())), value, parts);
            }
        });
        return ConfigFactory.parseMap(fromVariables, "the environment")
            .withFallback(ConfigFactory.parseMap(fromProperties, "system properties"));
    }

    private static void put(Map<String, Object> into, String key, Object value, Set<String> parts) {
        int dot = key.indexOf('.');
        if (dot > 0 && parts.contains(key.substring(0, dot)) && !key.endsWith(".") && !key.contains("..")) {
            into.put(PROPERTY + key, value);
        }
    }

    /** "_" is ".", "__" is "-", "___" is "_"; the options' names have no capital letters. */
    static String unmangle(String name) {
        StringBuilder key = new StringBuilder();
        int run = 0;
        for (char c : (name + ' ').toCharArray()) {
            if (c == '_' && run < 3) {
                run++;
                continue;
            }
            if (run > 0) {
                key.append(".-_".charAt(run - 1));
            }
            run = c == '_' ? 1 : 0;
            if (c != '_' && c != ' ') {
                key.append(c);
            }
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }
}
