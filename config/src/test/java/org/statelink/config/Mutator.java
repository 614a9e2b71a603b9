/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages a text as a hasty editor would: a word or a line is dropped, swapped, doubled or misspelt. */
final class Mutator {
    private static final Pattern WORD = Pattern.compile("[^\\s]+");

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    String mutate(String text) {
        return random.nextInt(4) == 0 ? mutateLine(text) : mutateWord(text);
    }

    private String mutateLine(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(at));
            default -> lines.set(at, lines.set(random.nextInt(lines.size()), lines.get(at)));
        }
        return String.join("\n", lines);
    }

    private String mutateWord(String text) {
        List<int[]> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new int[] {matcher.start(), matcher.end()});
        }
        if (words.isEmpty()) {
            return text + "\n}\n";
        }
        int at = random.nextInt(words.size());
        int[] word = words.get(at);
        String old = text.substring(word[0], word[1]);
        return switch (random.nextInt(4)) {
            case 0 -> replace(text, word, "");
            case 1 -> replace(text, word, old + ' ' + old);
            case 2 -> replace(text, word, misspell(old));
            default -> swap(text, words, at);
        };
    }

    private String swap(String text, List<int[]> words, int at) {
        int other = random.nextBoolean() ? Math.min(at + 1, words.size() - 1) : random.nextInt(words.size());
        int[] first = words.get(Math.min(at, other));
        int[] second = words.get(Math.max(at, other));
        String front = text.substring(first[0], first[1]);
        String back = text.substring(second[0], second[1]);
        return other == at ? text : replace(replace(text, second, front), first, back);
    }

    private String misspell(String word) {
        int at = random.nextInt(word.length());
        StringBuilder text = new StringBuilder(word);
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, word.charAt(random.nextInt(word.length())));
            case 2 -> text.setCharAt(at, "aeF01:./_-#{}\"x".charAt(random.nextInt(15)));
            default -> text.setCharAt(at, swapCase(text.charAt(at)));
        }
        return text.toString();
    }

    private static char swapCase(char c) {
        return Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
    }

    private static String replace(String text, int[] word, String by) {
        return text.substring(0, word[0]) + by + text.substring(word[1]);
    }
}
