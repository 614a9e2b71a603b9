/* SPDX-License-Identifier: Apache-2.0 */
/**
 * JSON: objects written into texts, and what a flow looks like in them. A member has the same name wherever it occurs.
 */
package org.statelink.server.json;
