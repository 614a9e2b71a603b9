/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The daemon's log: conntrackd's line format over the JDK's logging, to console, file and syslog.
 */
package org.statelink.server.log;
