/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The log of flows that ended: a bounded queue from the state loop to a thread of its own, which writes lines in
 * conntrackd's format or as JSON. The log may fail; whatever happens, nobody waits for it and what is lost is counted.
 */
package org.statelink.server.flowlog;
