/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

/** Whether an interface carries packets; the text is conntrackd's word for it. */
public enum InterfaceStatus {
    /** Switched off, or not there. */
    DOWN("DOWN"),
    /** Switched on, but nobody is at the other end. */
    NO_CARRIER("NO-CARRIER"),
    /** It carries packets. */
    RUNNING("RUNNING");

    private static final int IFF_UP = 0x1;
    private static final int IFF_RUNNING = 0x40;

    private final String text;

    InterfaceStatus(String text) {
        this.text = text;
    }

    /** From {@code ifi_flags} ({@code linux/if.h}). */
    static InterfaceStatus of(int flags) {
        if ((flags & IFF_UP) == 0) {
            return DOWN;
        }
        return (flags & IFF_RUNNING) == 0 ? NO_CARRIER : RUNNING;
    }

    /** The flags that say so. */
    public int flags() {
        return switch (this) {
            case DOWN -> 0;
            case NO_CARRIER -> IFF_UP;
            case RUNNING -> IFF_UP | IFF_RUNNING;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
