/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The control channel: requests by their wire numbers, the server on a Unix-domain socket, paged replies.
 */
package org.statelink.control;
