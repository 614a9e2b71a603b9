/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes JSON objects into texts that grow. Any thread. */
public final class JsonObject {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonObject() {
    }

    /** Writes the members of an object. */
    @FunctionalInterface
    public interface Members {
        /** Writes them; what this throws {@link #append} throws unchecked. */
        void write(JsonGenerator out) throws IOException;
    }

    /** Appends one object, on one line without a line feed. */
    public static void append(StringBuilder text, Members members) {
        try (JsonGenerator out = FACTORY.createGenerator(new Appender(text))) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Appender extends Writer {
        private final StringBuilder text;

        Appender(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void write(char[] chars, int offset, int length) {
            text.append(chars, offset, length);
        }

        @Override
        public void flush() {
            // it is all there
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
