/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.Metrics;
import org.statelink.server.kernel.Flows;
import org.statelink.server.metrics.PrometheusText;

/** The dashboard and the alerts ask for what a daemon tells. */
@Timeout(60)
class MetricsFilesTest {
    private static final Path PACKAGING = Path.of("..", "packaging");
    private static final Pattern NAME = Pattern.compile("\\b(?:statelink|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern RULE = Pattern.compile("expr: (?:>-\\n\\s+)?((?:.|\\n {10,}(?=\\S))+)");

    @TempDir
    private Path directory;

    @Test
    void shouldAskOnlyForWhatThereIs() throws Exception {
        Set<String> told = scrape();
        // there is none before the first collection
        told.add("jvm_gc_pause_seconds_sum");

        List<String> queries = dashboard();
        assertThat(queries).hasSizeGreaterThan(30);
        assertThat(names(queries)).isSubsetOf(told);

        List<String> rules = rules();
        assertThat(rules).hasSizeGreaterThan(8).allMatch(rule -> rule.contains("statelink_"));
        assertThat(names(rules)).isSubsetOf(told);
    }

    private Set<String> scrape() throws Exception {
        Metrics metrics = MetricsPage.freeAddress();
        try (DaemonPair pair = new DaemonPair(directory, "FTFW { ", metrics)) {
            pair.kernelOfA.traffic(Flows.tcp(1));
            pair.await(() -> pair.external("b") == 1);
            return new HashSet<>(PrometheusText.of(new MetricsPage(metrics).get("/metrics").body()).names());
        }
    }

    private static Set<String> names(List<String> queries) {
        Set<String> names = new HashSet<>();
        queries.forEach(query -> NAME.matcher(query).results().map(MatchResult::group).forEach(names::add));
        return names;
    }

    private static List<String> dashboard() throws Exception {
        Config dashboard = Json.object(Files.readString(PACKAGING.resolve("grafana/statelink.json")));
        List<String> queries = new ArrayList<>();
        for (Config panel : dashboard.getConfigList("panels")) {
            if (panel.hasPath("targets")) {
                panel.getConfigList("targets").forEach(target -> queries.add(target.getString("expr")));
            }
        }
        dashboard.getConfigList("templating.list").stream().filter(variable -> variable.hasPath("query.query"))
            .forEach(variable -> queries.add(variable.getString("query.query")));
        return queries;
    }

    private static List<String> rules() throws Exception {
        String file = Files.readString(PACKAGING.resolve("prometheus/statelink-alerts.yml"));
        List<String> rules = RULE.matcher(file).results().map(rule -> rule.group(1)).toList();
        assertThat(rules).hasSize((int) file.lines().filter(line -> line.contains("- alert:")).count());
        return rules;
    }
}
