/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Reads {@code Helper { }}. To conntrackd, what describes a helper may also stand before its {@code Type} block, and
 * such a block may stand in another: whatever was said since the last block belongs to the one that is closed next.
 */
final class HelperBlock implements Block {
    private final ClassicCursor cursor;
    private final List<HelperConfig> helpers = new ArrayList<>();
    private final LinkedHashMap<Token, HelperConfig.Policy> policies = new LinkedHashMap<>();
    private boolean setup;
    private int queueNumber;
    private int queueLength;

    HelperBlock(ClassicCursor cursor) {
        this.cursor = cursor;
    }

    Helpers build() {
        return new Helpers(setup, helpers);
    }

    @Override
    public String title() {
        return "Helper";
    }

    @Override
    public List<String> words() {
        return Words.HELPER;
    }

    @Override
    public void entry(Token key) throws Unwound {
        switch (key.text()) {
            case "Setup" -> setup = cursor.bool("Setup");
            case "Type" -> type();
            case "QueueNum" -> queueNumber = cursor.number("QueueNum");
            case "QueueLen" -> queueLength = cursor.number("QueueLen");
            default -> policy();
        }
    }

    private void type() throws Unwound {
        Token name = cursor.string("the name of a helper");
        Token layer3 = cursor.string("inet or inet6");
        Token layer4 = cursor.string("tcp or udp");
        cursor.block(new TypeBlock());
        if (!layer3.text().equals("inet") && !layer3.text().equals("inet6")) {
            cursor.findings().error(layer3, "unknown layer 3 protocol");
        } else if (!layer4.text().equals("tcp") && !layer4.text().equals("udp")) {
            cursor.findings().error(layer4, "unknown layer 4 protocol");
        } else {
            helper(name, layer3.text().equals("inet6"), layer4.text().equals("udp"));
        }
        policies.clear();
        queueNumber = 0;
        queueLength = 0;
    }

    private void helper(Token name, boolean ipv6, boolean udp) {
        if (!KnownHelpers.exists(name.text(), udp)) {
            cursor.findings().error(name, "Unknown `" + name.text() + "' helper");
            return;
        }
        for (Token policy : policies.sequencedKeySet().reversed()) {
            if (!policy.text().equals(name.text())) {
                cursor.findings().error(policy, "Unknown policy `" + policy.text() + "' in helper configuration");
                return;
            }
        }
        helpers.add(new HelperConfig(name.text(), ipv6, udp, queueNumber, queueLength,
            List.copyOf(policies.values())));
    }

    private void policy() throws Unwound {
        Token name = cursor.string("the name of a policy");
        PolicyBlock block = new PolicyBlock();
        cursor.block(block);
        if (block.isEmpty) {
            cursor.findings().error(name, "Helper policy configuration empty, fix your configuration file, please");
        } else if (name.text().length() > Limits.HELPER_NAME) {
            cursor.findings().error(name, "Helper Policy is longer than 16 characters");
        } else {
            policies.put(name, new HelperConfig.Policy(name.text(), block.expectMax, block.expectTimeout));
        }
    }

    private final class TypeBlock implements Block {
        @Override
        public String title() {
            return "Type";
        }

        @Override
        public List<String> words() {
            return Words.HELPER_TYPE;
        }

        @Override
        public void entry(Token key) throws Unwound {
            HelperBlock.this.entry(key);
        }
    }

    private final class PolicyBlock implements Block {
        private boolean isEmpty = true;
        private int expectMax;
        private int expectTimeout;

        @Override
        public String title() {
            return "Policy";
        }

        @Override
        public List<String> words() {
            return Words.POLICY;
        }

        @Override
        public void entry(Token key) throws Unwound {
            if (key.text().equals("ExpectMax")) {
                expectMax = cursor.number("ExpectMax");
            } else {
                expectTimeout = cursor.number("ExpectTimeout");
            }
            isEmpty = false;
        }
    }
}
