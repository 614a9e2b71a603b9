/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;
import java.io.OutputStream;

/** Hands an answer on, and remembers how it begins. Nothing is closed. */
final class Answer extends OutputStream {
    private final OutputStream out;
    private final StringBuilder head = new StringBuilder();

    Answer(OutputStream out) {
        this.out = out;
    }

    boolean isEmpty() {
        return head.isEmpty();
    }

    /** Whether it begins with these ASCII characters; not more than sixteen. */
    boolean begins(String text) {
        return head.indexOf(text) == 0;
    }

    @Override
    public void write(int octet) throws IOException {
        remember(octet);
        out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        for (int i = 0; i < length && head.length() < 16; i++) {
            remember(octets[offset + i]);
        }
        out.write(octets, offset, length);
    }

    private void remember(int octet) {
        if (head.length() < 16) {
            head.append((char) (octet & 0xff));
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
