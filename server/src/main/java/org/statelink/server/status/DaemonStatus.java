/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import java.util.List;
import java.util.Optional;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.kernel.KernelCounters;

/**
 * What the daemon can say of itself at one moment: gathered on the state loop in one go, formatted elsewhere.
 *
 * @param uptimeSeconds since the start
 * @param internal the internal cache
 * @param external the external cache
 * @param bypass what was told without an internal cache; empty where there is one
 * @param injection what was put into the kernel without an external cache; empty where there is one
 * @param traffic what flows that ended have carried
 * @param links the dedicated links in the order of the configuration
 * @param sync the protocol's counters
 * @param queues the transmit queue, the error queue and the resend queue
 * @param controlMessages control messages that wait in a queue
 * @param kernel the kernel's side
 * @param eventBufferBytes receive buffer of the event socket
 * @param localReadsFailed clients of the control socket that left without a request
 */
record DaemonStatus(long uptimeSeconds, CacheFigures internal, CacheFigures external,
                    Optional<BypassFigures> bypass, Optional<InjectCounters.Snapshot> injection, Traffic traffic,
                    List<LinkFigures> links, SyncFigures sync, List<QueueFigures> queues, int controlMessages,
                    KernelCounters.Snapshot kernel, int eventBufferBytes, long localReadsFailed) {

    /**
     * One cache.
     *
     * @param active entries that are not dead
     * @param objects entries, dead ones that wait for an acknowledgement included
     * @param created additions
     * @param createFailed additions that found the cache full
     * @param updated updates of known entries
     * @param destroyed removals
     */
    record CacheFigures(String name, long active, long objects, long created, long createFailed, long updated,
                        long destroyed) {
    }

    /**
     * What the peers were told without an internal cache.
     *
     * @param created new flows
     * @param updated updates
     * @param destroyed ends
     */
    record BypassFigures(long created, long updated, long destroyed) {
    }

    /**
     * What ended flows have carried, both directions.
     *
     * @param bytes octets
     * @param packets packets
     */
    record Traffic(long bytes, long packets) {
    }

    /**
     * One dedicated link.
     *
     * @param transport as conntrackd prints it: {@code UDP}, {@code multicast}, {@code TCP}
     * @param device name of the interface
     * @param status {@code RUNNING}, {@code NO-CARRIER} or {@code DOWN}
     * @param active whether it is the output link
     * @param connections where there are connections, who is connected: {@code server=connected client=connected}
     */
    record LinkFigures(String transport, String device, String status, boolean active, long bytesSent,
                       long bytesReceived, long packetsSent, long packetsReceived, long sendErrors,
                       long receiveErrors, String connections) {
        /** A link without connections. */
        LinkFigures(String transport, String device, String status, boolean active, long bytesSent,
                    long bytesReceived, long packetsSent, long packetsReceived, long sendErrors, long receiveErrors) {
            this(transport, device, status, active, bytesSent, bytesReceived, packetsSent, packetsReceived, sendErrors,
                receiveErrors, "");
        }
    }

    /**
     * What the protocol counted.
     *
     * @param lost as conntrackd counts it: two more per gap than are missing
     */
    record SyncFigures(long malformed, long wrongVersion, long malformedHeader, long malformedPayload, long badType,
                       long truncated, long badSize, long sendMalformed, long lost, long before) {
    }

    /**
     * One queue.
     *
     * @param length elements in it
     * @param maximum elements that it may hold
     * @param noSpace times that it was full
     */
    record QueueFigures(String name, long length, long maximum, long noSpace) {
    }
}
