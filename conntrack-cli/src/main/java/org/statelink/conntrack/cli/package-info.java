/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The {@code conntrack} command. Its work has not begun; {@code bin/conntrack} says so.
 */
package org.statelink.conntrack.cli;
