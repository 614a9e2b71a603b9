/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.charset.StandardCharsets;

/** Tells the languages apart by content: the name of the file says nothing. */
final class HoconSniffer {
    private HoconSniffer() {
    }

    /** Whether it sets something of "statelink", or begins with an include; everything else is the classic language. */
    static boolean isHocon(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = skipBlanks(text);
        if (text.startsWith("include", start)) {
            return true;
        }
        for (int at = text.indexOf("statelink", start); at >= 0; at = text.indexOf("statelink", at + 1)) {
            if (isKey(text, at) && !isComment(text, at)) {
                return true;
            }
        }
        return false;
    }

    private static int skipBlanks(String text) {
        int at = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
        while (at < text.length()) {
            if (text.charAt(at) == '#' || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (!Character.isWhitespace(text.charAt(at))) {
                break;
            } else {
                at++;
            }
        }
        return at;
    }

    private static boolean isKey(String text, int at) {
        int before = at - 1;
        if (before >= 0 && text.charAt(before) == '"') {
            before--;
        }
        int after = at + "statelink".length();
        if (after < text.length() && text.charAt(after) == '"') {
            after++;
        }
        while (after < text.length() && (text.charAt(after) == ' ' || text.charAt(after) == '\t')) {
            after++;
        }
        boolean begins = before < 0 || "{, \t\r\n\u00bf".indexOf(text.charAt(before)) >= 0;
        return begins && after < text.length() && "{.=:".indexOf(text.charAt(after)) >= 0;
    }

    private static boolean isComment(String text, int at) {
        int line = text.lastIndexOf('\n', at) + 1;
        int hash = text.indexOf('#', line);
        int slashes = text.indexOf("//", line);
        return hash >= 0 && hash < at || slashes >= 0 && slashes < at;
    }
}
