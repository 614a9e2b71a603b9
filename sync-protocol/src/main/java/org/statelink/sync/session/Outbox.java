/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

/**
 * What waits to be sent: objects in one queue, each at most once, and control messages in another. Control messages go
 * first, so that a bulk delays neither acknowledgements nor signs of life. Called on the state loop.
 */
final class Outbox {
    private final TransmitQueue objects = new TransmitQueue();
    private final TransmitQueue controlQueue = new TransmitQueue();
    private final ControlTable controls = new ControlTable();
    private final ObjectSource source;

    Outbox(ObjectSource source) {
        this.source = source;
    }

    ControlTable controls() {
        return controls;
    }

    ObjectSource source() {
        return source;
    }

    int size() {
        return objects.size() + controlQueue.size();
    }

    boolean hasControl() {
        return !controlQueue.isEmpty();
    }

    /** Queues an object that is in no queue. */
    void addObject(int ref) {
        source.setQueue(ref, ObjectSource.QUEUE_TRANSMIT, objects.add(ref));
    }

    /** Takes the object out of the queue. */
    void removeObject(int ref) {
        objects.remove(source.queuePosition(ref));
        source.setQueue(ref, ObjectSource.QUEUE_NONE, 0);
    }

    /** Queues a new control message. */
    void addControl(int flags, int from, int to) {
        controlQueue.add(controls.add(flags, from, to));
    }

    /** Queues again what left the resend queue. */
    void addAgain(int element) {
        if (ControlTable.isControl(element)) {
            controlQueue.add(element);
        } else {
            addObject(element);
        }
    }

    int pollObject() {
        return objects.poll();
    }

    int pollControl() {
        return controlQueue.poll();
    }

    /** An element that left the queues for good. */
    void release(int element) {
        if (ControlTable.isControl(element)) {
            controls.release(element);
        } else {
            source.setQueue(element, ObjectSource.QUEUE_NONE, 0);
            source.released(element);
        }
    }
}
