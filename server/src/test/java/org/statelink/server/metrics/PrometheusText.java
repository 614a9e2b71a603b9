/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus's text format and insists on all of its rules, and on the conventions for names. */
public final class PrometheusText {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");
    private static final Pattern LABELS =
        Pattern.compile("\\{[a-zA-Z_]\\w*=\"(?:[^\"\\\\]|\\\\.)*\"(?:,[a-zA-Z_]\\w*=\"(?:[^\"\\\\]|\\\\.)*\")*}");

    private final Map<String, Double> series = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private String family = "";
    private double lastBucket;

    private PrometheusText() {
    }

    /** Reads; fails where a rule is broken. */
    public static PrometheusText of(String text) {
        PrometheusText read = new PrometheusText();
        assertThat(text).endsWith("\n");
        text.lines().forEach(read::line);
        assertThat(read.series).isNotEmpty();
        return read;
    }

    /** The value of a series, such as {@code up} or {@code up{a="b"}}. */
    public double value(String name) {
        assertThat(series).containsKey(name);
        return series.get(name);
    }

    /** Names of all samples; of a histogram those with their endings. */
    public Set<String> names() {
        return names;
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            comment(line);
        } else {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            sample(sample.group(1), sample.group(2) == null ? "" : sample.group(2), sample.group(3));
        }
    }

    private void comment(String line) {
        Matcher comment = COMMENT.matcher(line);
        assertThat(comment.matches()).as(line).isTrue();
        String name = comment.group(2);
        if (comment.group(1).equals("HELP")) {
            assertThat(helped.add(name)).as("second HELP of " + name).isTrue();
        } else {
            assertThat(types.put(name, comment.group(3))).as("second TYPE of " + name).isNull();
        }
        family = name;
    }

    private void sample(String name, String labels, String value) {
        String type = types.get(family);
        assertThat(type).as("TYPE before " + name).isNotNull();
        assertThat(helped).as("HELP before " + name).contains(family);
        assertThat(labels).matches(text -> text.isEmpty() || LABELS.matcher(text).matches());
        assertThat(series.put(name + labels, number(value))).as("second " + name + labels).isNull();
        names.add(name);
        switch (type) {
            case "counter" -> assertThat(name).isEqualTo(family).endsWith("_total");
            case "gauge" -> assertThat(name).isEqualTo(family).doesNotEndWith("_total");
            case "histogram" -> histogram(name, labels, number(value));
            case "summary" -> assertThat(name).isIn(family, family + "_sum", family + "_count");
            default -> throw new AssertionError(family + " is of type " + type);
        }
    }

    private void histogram(String name, String labels, double value) {
        assertThat(name).isIn(family + "_bucket", family + "_sum", family + "_count");
        if (name.endsWith("_bucket")) {
            assertThat(labels).contains("le=\"");
            assertThat(value).isGreaterThanOrEqualTo(lastBucket);
            lastBucket = labels.contains("+Inf") ? 0 : value;
        } else if (name.endsWith("_count")) {
            assertThat(series).containsEntry(family + "_bucket{le=\"+Inf\"}", value);
        }
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
