/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The model of a tracked connection, free of channels and of encodings.
 *
 * <p>Its objects are mutable and made to be reused: the hot path keeps one and fills it again for each event.
 */
package org.statelink.conntrack;
