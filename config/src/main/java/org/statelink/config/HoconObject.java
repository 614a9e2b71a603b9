/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One object of a HOCON file. Each getter notes an error and returns something harmless if the value is not what it
 * should be; {@link #done()} notes every key that nobody asked for.
 */
final class HoconObject {
    private final ConfigObject object;
    private final Config config;
    private final String path;
    private final HoconFindings findings;
    private final Set<String> known = new HashSet<>();

    HoconObject(ConfigObject object, String path, HoconFindings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
        config = object.toConfig();
    }

    /** Whether there is a value. */
    boolean has(String key) {
        known.add(key);
        ConfigValue value = object.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    ConfigOrigin origin(String key) {
        ConfigValue value = object.get(key);
        return value == null ? object.origin() : value.origin();
    }

    void error(String key, String message) {
        findings.error(origin(key), key, path + '.' + key + ": " + message);
    }

    void warning(String key, String message) {
        findings.warning(origin(key), key, message);
    }

    void done() {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                findings.error(origin(key), key, "unknown option '" + path + '.' + key + "'",
                    Suggestions.nearest(key, known));
            }
        }
    }

    HoconObject object(String key) {
        if (has(key) && object.get(key) instanceof ConfigObject child) {
            return new HoconObject(child, path + '.' + key, findings);
        }
        error(key, "needs an object in braces");
        return new HoconObject(com.typesafe.config.ConfigFactory.empty().root(), path + '.' + key, findings);
    }

    /** The objects of a list, each with the values of {@code defaults} where it has none. */
    List<HoconObject> objects(String key, ConfigObject defaults) {
        List<HoconObject> objects = new ArrayList<>();
        ConfigList list = list(key);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ConfigObject child) {
                objects.add(new HoconObject(child.withFallback(defaults), path + '.' + key + '.' + i, findings));
            } else {
                error(key, "needs objects in braces");
            }
        }
        return objects;
    }

    ConfigObject raw(String key) {
        known.add(key);
        return object.get(key) instanceof ConfigObject child
            ? child : com.typesafe.config.ConfigFactory.empty().root();
    }

    List<String> strings(String key) {
        List<String> strings = new ArrayList<>();
        for (ConfigValue value : list(key)) {
            if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST
                || value.valueType() == ConfigValueType.NULL) {
                error(key, "needs a list of words");
            } else {
                strings.add(String.valueOf(value.unwrapped()));
            }
        }
        return strings;
    }

    private ConfigList list(String key) {
        known.add(key);
        try {
            return config.getList(key);
        } catch (com.typesafe.config.ConfigException e) {
            error(key, "needs a list in brackets");
            return com.typesafe.config.ConfigFactory.parseString("l=[]").getList("l");
        }
    }

    boolean isList(String key) {
        return has(key) && object.get(key) instanceof ConfigList;
    }

    boolean isOff(String key) {
        return has(key) && switchOf(key) < 0;
    }

    boolean isOn(String key) {
        return has(key) && switchOf(key) > 0;
    }

    /** 1 or -1 for a boolean in any of its spellings, 0 for everything else. */
    private int switchOf(String key) {
        return switch (String.valueOf(object.get(key).unwrapped()).toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> 1;
            case "off", "no", "false" -> -1;
            default -> 0;
        };
    }

    boolean bool(String key) {
        if (!isOn(key) && !isOff(key)) {
            error(key, "needs on or off");
        }
        return isOn(key);
    }

    String string(String key) {
        known.add(key);
        try {
            return config.getString(key);
        } catch (com.typesafe.config.ConfigException e) {
            error(key, "needs a word");
            return "";
        }
    }

    /** One of some words in any case, in lower case. */
    String oneOf(String key, String... words) {
        String word = string(key).toLowerCase(Locale.ROOT);
        if (!Arrays.asList(words).contains(word)) {
            findings.error(origin(key), word, path + '.' + key + ": needs one of " + String.join(", ", words)
                + ", not '" + word + "'", Suggestions.nearest(word, Arrays.asList(words)));
            return words[0];
        }
        return word;
    }

    int integer(String key, int least, int most) {
        known.add(key);
        try {
            return inRange(key, new BigDecimal(config.getString(key).strip()).longValueExact(), least, most);
        } catch (com.typesafe.config.ConfigException | ArithmeticException | NumberFormatException e) {
            error(key, "needs a whole number");
            return least;
        }
    }

    int bytes(String key) {
        known.add(key);
        try {
            return inRange(key, config.getBytes(key), 0, Integer.MAX_VALUE);
        } catch (com.typesafe.config.ConfigException e) {
            error(key, "needs a size such as 4096 or 2 MiB");
            return 0;
        }
    }

    /** Whole seconds. */
    int seconds(String key, int least) {
        known.add(key);
        try {
            String text = config.getString(key).strip();
            boolean bare = !text.isEmpty() && ClassicLexer.isDigit(text.charAt(text.length() - 1));
            long seconds = bare ? new BigDecimal(text).longValueExact() : config.getDuration(key, TimeUnit.SECONDS);
            if (!bare && seconds * 1000 != config.getDuration(key, TimeUnit.MILLISECONDS)) {
                error(key, "needs whole seconds");
            }
            return inRange(key, seconds, least, Integer.MAX_VALUE);
        } catch (com.typesafe.config.ConfigException | ArithmeticException | NumberFormatException e) {
            error(key, "needs a time such as 90 s");
            return least;
        }
    }

    /** Whole seconds, 0 for "off". */
    int secondsOrOff(String key) {
        return isOff(key) ? 0 : seconds(key, 0);
    }

    private int inRange(String key, long value, int least, int most) {
        if (value < least || value > most) {
            error(key, value + " is not within " + least + " and " + most);
            return least;
        }
        return (int) value;
    }
}
