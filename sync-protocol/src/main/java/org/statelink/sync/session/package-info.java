/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The session with the peers: what to send and to send again, what was received and has to be acknowledged. Everything
 * is called on the state loop; queues, windows and greetings are plain classes that are told the time.
 */
package org.statelink.sync.session;
