/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A rehearsal in memory, so that the daemon's first burst does not meet code that the JVM has yet to compile.
 */
package org.statelink.server.rehearsal;
