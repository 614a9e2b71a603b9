/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a changed configuration means for a daemon that runs: which options differ, and which of them it can follow.
 */
package org.statelink.server.reload;
