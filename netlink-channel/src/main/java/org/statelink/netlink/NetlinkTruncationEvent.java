/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

/**
 * User event: datagrams were longer than a receive slot. They were dropped whole, never passed on cut; what they told
 * is lost just as with {@link NetlinkOverrunEvent}. Fired once per burst, after the datagrams of the burst. Advice: a
 * bigger {@link NetlinkChannelOption#RECEIVE_SLOT_SIZE}.
 *
 * @param datagrams how many were dropped
 * @param longest the true length of the longest of them, in bytes
 * @param slotSize the size of a receive slot in bytes
 */
public record NetlinkTruncationEvent(int datagrams, int longest, int slotSize) {
}
