/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the control socket's requests do, and the texts that answer them.
 */
package org.statelink.server.control;
