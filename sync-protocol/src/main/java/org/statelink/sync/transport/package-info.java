/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a transport provides: dedicated links, opened by a {@link org.statelink.sync.transport.SyncTransportProvider}
 * and held in a group of which one is the output link.
 */
package org.statelink.sync.transport;
