/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.List;

/** Reads JSON strictly, by a parser that is not the writer's. */
public final class Json {
    private Json() {
    }

    /** One object. */
    public static Config object(String text) {
        return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }

    /** An array of objects. */
    public static List<? extends Config> array(String text) {
        return object("{\"all\":" + text + "}").getConfigList("all");
    }
}
