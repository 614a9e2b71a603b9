/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The interfaces that there are. Tells a listener what changes. On the monitor's loop. */
final class InterfaceTable {
    private final InterfaceListener listener;
    private final Map<Integer, InterfaceState> interfaces = new LinkedHashMap<>();
    private final Set<Integer> confirmed = new HashSet<>();

    InterfaceTable(InterfaceListener listener) {
        this.listener = listener;
    }

    Optional<InterfaceState> find(String name) {
        return interfaces.values().stream().filter(state -> state.name().equals(name)).findFirst();
    }

    /** The kernel says that the interface is so. */
    void put(InterfaceState state) {
        confirmed.add(state.index());
        InterfaceState before = interfaces.get(state.index());
        if (state.equals(before)) {
            return;
        }
        if (before != null && !before.name().equals(state.name())) {
            remove(state.index());
        }
        // one of the same name went without our knowing, or the kernel would have refused the name
        find(state.name()).filter(other -> other.index() != state.index()).ifPresent(other -> remove(other.index()));
        interfaces.put(state.index(), state);
        listener.onInterface(state);
    }

    /** The kernel says that the interface is no more. */
    void remove(int index) {
        InterfaceState state = interfaces.remove(index);
        if (state != null) {
            listener.onInterfaceGone(state);
        }
    }

    /** The interface has one more address. */
    void addressed(int index) {
        InterfaceState state = interfaces.get(index);
        if (state != null) {
            listener.onInterface(state);
        }
    }

    /** From now on the kernel tells of every interface that there is. */
    void beginDump() {
        confirmed.clear();
    }

    /** The kernel has told of every interface: those that it did not mention are no more. */
    void endDump() {
        for (Integer index : List.copyOf(interfaces.keySet())) {
            if (!confirmed.contains(index)) {
                remove(index);
            }
        }
    }

    /** Tells of every interface again. */
    void tellAll() {
        new ArrayList<>(interfaces.values()).forEach(listener::onInterface);
    }
}
