/* SPDX-License-Identifier: Apache-2.0 */

/** Netty handlers of the sync protocol: framing, then what the modes make of sequence numbers and acknowledgements. */
package org.statelink.sync.codec;
