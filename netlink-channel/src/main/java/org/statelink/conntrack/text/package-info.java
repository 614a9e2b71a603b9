/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tracked connections as text, byte for byte as conntrackd and conntrack 1.4.7 show them: one line each, plain or XML.
 *
 * <p>Names that come from elsewhere (helpers, security contexts) are shown without control characters, which would
 * forge lines, and in XML with its markup escaped.
 */
package org.statelink.conntrack.text;
