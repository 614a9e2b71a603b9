/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code Sync { }}. */
final class SyncBlock implements Block {
    private final ClassicCursor cursor;
    private final Environment environment;
    private final ModeDraft mode = new ModeDraft();
    private final List<LinkBlock> links = new ArrayList<>();
    private final OptionsBlock options;
    private boolean tooManyReported;
    private int errorQueueLength = Sync.DEFAULT_ERROR_QUEUE_LENGTH;

    SyncBlock(ClassicCursor cursor, Environment environment) {
        this.cursor = cursor;
        this.environment = environment;
        options = new OptionsBlock(cursor);
    }

    boolean namesMode() {
        return mode.isNamed();
    }

    Sync build() {
        if (mode.dropsCommitTimeout()) {
            cursor.findings().warning("`CommitTimeout' can't be combined with `DisableExternalCache', "
                + "ignoring this option. Fix your configuration file.");
        }
        List<LinkConfig> built = new ArrayList<>();
        for (LinkBlock link : links) {
            built.add(link.build());
        }
        return new Sync(mode.build(), built, options.build(), errorQueueLength);
    }

    @Override
    public String title() {
        return "Sync";
    }

    @Override
    public List<String> words() {
        return Words.SYNC;
    }

    @Override
    public void entry(Token key) throws Unwound {
        switch (key.text()) {
            case "Mode" -> mode();
            case "Multicast" -> link(key, LinkConfig.Transport.MULTICAST);
            case "UDP" -> link(key, LinkConfig.Transport.UDP);
            case "TCP" -> link(key, LinkConfig.Transport.TCP);
            case "Options" -> cursor.block(options);
            default -> mode.set(key.text(), cursor);
        }
    }

    private void mode() throws Unwound {
        Token name = cursor.peek();
        String upper = name.text().toUpperCase(Locale.ROOT);
        if (name.kind() != Token.Kind.WORD || !Words.MODES.contains(upper)) {
            throw cursor.fail("expected a mode (FTFW, NOTRACK, ALARM), not " + cursor.shown(), Words.MODES);
        }
        cursor.take();
        if (!Words.isMode(name.text())) {
            cursor.findings().deviate(Deviation.PERSISTENT);
        }
        cursor.block(mode.block(upper, cursor));
    }

    private void link(Token key, LinkConfig.Transport transport) throws Unwound {
        boolean preferred = cursor.peek().isWord("Default");
        if (preferred) {
            cursor.take();
        }
        LinkBlock link = new LinkBlock(cursor, environment, transport, preferred, links.size() >= Limits.LINKS);
        cursor.block(link);
        if (!links.isEmpty() && links.getFirst().transport() != transport) {
            cursor.findings().error(key, "cannot use `" + transport.keyword()
                + "' with other dedicated link protocols!");
            return;
        }
        if (links.size() < Limits.LINKS) {
            links.add(link);
        } else if (!tooManyReported && !link.reportedTooMany()) {
            cursor.findings().deviate(Deviation.EMPTY_FIFTH_LINK);
            cursor.findings().error(key, LinkBlock.TOO_MANY);
        }
        tooManyReported |= links.size() == Limits.LINKS && link.reportedTooMany();
        errorQueueLength = link.errorQueueLength(errorQueueLength);
    }
}
