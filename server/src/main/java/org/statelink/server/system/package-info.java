/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the daemon stands on: its clock and threads, lock file and signals, and what it asks of the operating system for
 * itself, through {@code java.lang.foreign}.
 */
package org.statelink.server.system;
