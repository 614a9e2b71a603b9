/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line of conntrackd, and the client that sends its commands to a running daemon.
 *
 * <p>Uses the JDK only, and of that little: a command is a process of its own, and must be done as soon as it has
 * begun. So on the way of a command that succeeds there are no lambdas and no concatenated strings.
 */
package org.statelink.control.client;
