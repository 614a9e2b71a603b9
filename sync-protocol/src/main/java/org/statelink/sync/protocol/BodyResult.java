/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/** What came of decoding a state message's body; all but {@link #OK} count as malformed payload. */
public enum BodyResult {
    /** Decoded. */
    OK("understood"),
    /** An attribute's length is below that of its own header. */
    BAD_LENGTH("attribute length below 4"),
    /** An attribute is longer than what is left of the message. */
    TRUNCATED("attribute longer than the message"),
    /** An attribute has a number that the protocol does not define. */
    UNKNOWN_ATTRIBUTE("unknown attribute"),
    /** An attribute of fixed size has another size. */
    WRONG_SIZE("attribute of wrong size"),
    /** An attribute of variable size is longer than its maximum. */
    TOO_LONG("attribute too long"),
    /** No original addresses; conntrackd accepts such messages, and crashes when it shows them. */
    MISSING_ADDRESS("no addresses"),
    /** No IP protocol number. */
    MISSING_PROTOCOL("no protocol number");

    private final String text;

    BodyResult(String text) {
        this.text = text;
    }

    /** Words for a log line. */
    public String text() {
        return text;
    }
}
