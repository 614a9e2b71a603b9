/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the daemon can say of itself: taken on the state loop in one go, and told in several languages elsewhere.
 */
package org.statelink.server.status;
