/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import org.statelink.config.Token.Kind;

/** Takes tokens one by one, reads values, and finds the way back after an error. */
final class ClassicCursor {
    /** Only blocks of helpers can be nested without end, and a hostile file could exhaust the stack with them. */
    private static final int MOST_DEPTH = 50;

    private final ClassicLexer lexer;
    private final Findings findings;
    private final Deque<Block> open = new ArrayDeque<>();
    private Token next;
    /** After a closing brace was taken for forgotten, one too many at the end is no news. */
    private int assumedBraces;
    private boolean endReported;

    ClassicCursor(ClassicLexer lexer, Findings findings) {
        this.lexer = lexer;
        this.findings = findings;
        advance();
    }

    Findings findings() {
        return findings;
    }

    Token peek() {
        return next;
    }

    Token take() {
        Token taken = next;
        advance();
        return taken;
    }

    /** The old names of modes are warned of wherever they stand, because conntrackd does so. */
    private void advance() {
        next = lexer.next();
        if (next.kind() == Kind.WORD && next.text().equalsIgnoreCase("nack")) {
            renamed("nack", "ftfw");
        } else if (next.kind() == Kind.WORD && next.text().equalsIgnoreCase("persistent")) {
            renamed("persistent", "alarm");
        }
    }

    private void renamed(String old, String now) {
        findings.warning(next, "Now `" + old + "' mode is called `" + now
            + "'. Please, update your conntrackd.conf file.");
    }

    /** Reads entries up to the end of the file. */
    void top(Block block) {
        open.push(block);
        while (next.kind() != Kind.END && !findings.isFull()) {
            if (next.is('}') && assumedBraces > 0) {
                assumedBraces--;
                take();
            } else {
                entry(block);
            }
        }
    }

    /** Reads an opening brace, entries and the closing brace. */
    void block(Block block) throws Unwound {
        expect('{', block.title());
        if (open.size() > MOST_DEPTH) {
            findings.deviate(Deviation.NESTING);
            throw fail("blocks within blocks within blocks: too deep");
        }
        open.push(block);
        while (!next.is('}') && !closesUnseen(block)) {
            if (next.kind() == Kind.END || findings.isFull()) {
                throw endWithin(block);
            }
            entry(block);
        }
        open.pop();
        if (next.is('}')) {
            take();
        }
        block.end();
    }

    /** The innermost block says it; those around it would only repeat it. */
    private Unwound endWithin(Block block) {
        if (endReported || findings.isFull()) {
            return new Unwound();
        }
        endReported = true;
        return fail("the file ends within " + block.title() + ": a '}' is missing");
    }

    private void entry(Block block) {
        Token key = next;
        try {
            if (key.kind() != Kind.WORD || !block.words().contains(key.text())) {
                throw misplaced(block, key);
            }
            take();
            block.entry(key);
        } catch (Unwound e) {
            recover(block, next.offset() == key.offset());
        }
    }

    private Unwound misplaced(Block block, Token key) {
        if (key.is('}')) {
            return fail("there is no block to close here");
        }
        if (key.kind() != Kind.WORD) {
            return fail("expected a word of " + block.title() + ", not '" + key.text() + "'");
        }
        if (Words.isRemoved(key.text())) {
            return fail("'" + key.text() + "' was dropped from the language by conntrackd 1.4.5: remove it");
        }
        if (Words.isReserved(key.text())) {
            return fail("'" + key.text() + "' has no place in " + block.title());
        }
        findings.syntaxError(key, "unknown word '" + key.text() + "' in " + block.title(),
            Suggestions.nearest(key.text(), block.words()));
        return new Unwound();
    }

    /** Whether the next word opens a block around the present one: then this one's closing brace was forgotten. */
    private boolean closesUnseen(Block block) {
        if (next.kind() != Kind.WORD || !Words.isOpening(next.text()) || block.words().contains(next.text())) {
            return false;
        }
        for (Block around : open) {
            if (around != block && around.words().contains(next.text())) {
                fail("'" + next.text() + "' has no place in " + block.title() + "; is a '}' missing before it?");
                assumedBraces++;
                return true;
            }
        }
        return false;
    }

    /** Goes on to what looks like the next entry of the block, or its end. */
    private void recover(Block block, boolean mustMove) {
        boolean move = mustMove;
        while (next.kind() != Kind.END) {
            if (next.is('{')) {
                skipBraces();
            } else if (move) {
                take();
            } else if (next.is('}') || next.kind() == Kind.WORD && isKnownHere(block)) {
                return;
            } else {
                take();
            }
            move = false;
        }
    }

    private boolean isKnownHere(Block block) {
        if (block.words().contains(next.text())) {
            return true;
        }
        for (Block around : open) {
            if (Words.isOpening(next.text()) && around.words().contains(next.text())) {
                return true;
            }
        }
        return false;
    }

    private void skipBraces() {
        int depth = 0;
        do {
            if (next.is('{')) {
                depth++;
            } else if (next.is('}')) {
                depth--;
            }
            take();
        } while (depth > 0 && next.kind() != Kind.END);
    }

    /** Notes an error at the next token, to be thrown. */
    Unwound fail(String reason) {
        findings.syntaxError(next, reason, Optional.empty());
        return new Unwound();
    }

    /** The same with the known words that may have been meant. */
    Unwound fail(String reason, Collection<String> known) {
        findings.syntaxError(next, reason, Suggestions.nearest(next.text(), known));
        return new Unwound();
    }

    void expect(char character, String what) throws Unwound {
        if (!next.is(character)) {
            throw fail("expected '" + character + "' of " + what + ", not " + shown());
        }
        take();
    }

    /** How a message calls the next token. */
    String shown() {
        return next.kind() == Kind.END ? "the end of the file" : "'" + next.text() + "'";
    }

    /** One of some words. */
    String oneOf(Collection<String> words, String what) throws Unwound {
        if (next.kind() != Kind.WORD || !words.contains(next.text())) {
            throw fail("expected " + what + " (" + String.join(", ", words) + "), not " + shown(), words);
        }
        return take().text();
    }

    boolean isBoolean() {
        return next.kind() == Kind.WORD && (Words.isOn(next.text()) || Words.isOff(next.text()));
    }

    boolean bool(String key) throws Unwound {
        if (!isBoolean()) {
            throw fail(key + " needs on or off, not " + shown());
        }
        return Words.isOn(take().text());
    }

    int number(String key) throws Unwound {
        if (next.kind() != Kind.NUMBER) {
            throw fail(key + " needs a number, not " + shown());
        }
        return value(take());
    }

    private int value(Token token) {
        long value = 0;
        for (int i = 0; i < token.text().length() && value <= Integer.MAX_VALUE; i++) {
            value = value * 10 + token.text().charAt(i) - '0';
        }
        if (value > Integer.MAX_VALUE) {
            findings.deviate(Deviation.LARGE_NUMBER);
            findings.warning(token, "number too large, taken as " + Integer.MAX_VALUE);
            return Integer.MAX_VALUE;
        }
        return (int) value;
    }

    /** A number of which 0 means the default. */
    int numberOr(int defaultValue, String key) throws Unwound {
        int number = number(key);
        return number == 0 ? defaultValue : number;
    }

    /** What conntrackd takes for a string. */
    Token string(String what) throws Unwound {
        if (!next.isString()) {
            throw fail("expected " + what + ", not " + shown());
        }
        return take();
    }

    /** The name of a network interface: also what means something elsewhere, but no word of this block. */
    Token interfaceName() throws Unwound {
        Token written = next;
        Token name = lexer.nameAt(written);
        boolean plain = written.kind() == Kind.PATH || written.kind() == Kind.SIGNED_NUMBER || !hasLetter(name.text());
        boolean known = open.peek().words().contains(name.text()) || Words.isOpening(name.text())
            && !name.text().equals("TCP") && !name.text().equals("UDP");
        if (plain || known || !startsName(name.text().charAt(0))) {
            throw fail("Interface needs the name of a network interface, not " + shown());
        }
        if (!written.isString() || !written.text().equals(name.text())) {
            findings.deviate(Deviation.NAME);
        }
        advance();
        return name;
    }

    /** A name in a list of names: a string, or what only looks like an address or a transport. */
    Token listedName(String what) throws Unwound {
        boolean odd = next.isWord("TCP") || next.isWord("UDP")
            || next.kind() == Kind.IPV6 && isOneGroup(next.text());
        if (!odd && !next.isString()) {
            throw fail("expected " + what + ", not " + shown());
        }
        return take();
    }

    /** An address in either notation: which one is right is told by its value. */
    Token address(String key) throws Unwound {
        if (next.kind() != Kind.IPV4 && next.kind() != Kind.IPV6) {
            throw fail(key + " needs an address, not " + shown());
        }
        return take();
    }

    /** A path of at most so many bytes. */
    Path path(String key, int longest, String tooLong) throws Unwound {
        if (next.kind() != Kind.PATH) {
            throw fail(key + " needs a path that begins with '/', not " + shown());
        }
        Token token = take();
        if (token.text().length() > longest) {
            findings.error(token, tooLong);
            throw new Unwound();
        }
        try {
            return Path.of(new String(token.text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        } catch (InvalidPathException e) {
            findings.deviate(Deviation.NUL_IN_PATH);
            findings.error(token, key + ": this is no path");
            throw new Unwound();
        }
    }

    private static boolean hasLetter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i))) {
                return text.indexOf(':') < 0;
            }
        }
        return false;
    }

    private static boolean isOneGroup(String text) {
        return text.indexOf(':') < 0 && text.indexOf('/') < 0;
    }

    private static boolean startsName(int c) {
        return ClassicLexer.isDigit(c) || Character.isLetter(c) || c == '_';
    }
}
