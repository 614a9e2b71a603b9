/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of the classic language. */
final class Words {
    static final List<String> TOP = List.of("General", "Sync", "Stats", "Helper");
    static final List<String> GENERAL = List.of("HashSize", "HashLimit", "LogFile", "Syslog", "LockFile", "UNIX",
        "NetlinkBufferSize", "NetlinkBufferSizeMaxGrowth", "SocketBufferSize", "SocketBufferSizeMaxGrowth",
        "SocketBufferSizeMaxGrown", "NetlinkOverrunResync", "NetlinkEventsReliable", "EventIterationLimit", "PollSecs",
        "Filter", "Scheduler", "Nice", "Systemd");
    static final List<String> UNIX = List.of("Path", "Backlog");
    static final List<String> SCHEDULER = List.of("Type", "Priority");
    static final List<String> FILTER = List.of("Protocol", "Address", "State");
    static final List<String> ACTIONS = List.of("Accept", "Ignore");
    static final List<String> PLACES = List.of("Userspace", "Kernelspace");
    static final List<String> ADDRESSES = List.of("IPv4_address", "IPv6_address");
    static final List<String> STATES = List.of("SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT",
        "LAST_ACK", "TIME_WAIT", "CLOSE", "CLOSED", "LISTEN");
    static final List<String> SYNC = List.of("Mode", "Multicast", "UDP", "TCP", "Options", "RefreshTime",
        "CacheTimeout", "CommitTimeout", "PurgeTimeout");
    static final List<String> MODES = List.of("FTFW", "NOTRACK", "ALARM", "NACK", "PERSISTENT");
    static final List<String> FTFW = List.of("ResendQueueSize", "ACKWindowSize", "CommitTimeout", "PurgeTimeout",
        "DisableExternalCache", "StartupResync");
    static final List<String> NOTRACK = List.of("CommitTimeout", "PurgeTimeout", "DisableInternalCache",
        "DisableExternalCache", "StartupResync");
    static final List<String> ALARM = List.of("RefreshTime", "CacheTimeout", "CommitTimeout", "PurgeTimeout");
    static final List<String> MULTICAST = List.of("IPv4_address", "IPv6_address", "IPv4_interface", "IPv6_interface",
        "Interface", "Group", "SndSocketBuffer", "RcvSocketBuffer", "Checksum");
    static final List<String> UDP = List.of("IPv4_address", "IPv6_address", "IPv4_Destination_Address",
        "IPv6_Destination_Address", "Interface", "Port", "SndSocketBuffer", "RcvSocketBuffer", "Checksum");
    static final List<String> TCP = List.of("IPv4_address", "IPv6_address", "IPv4_Destination_Address",
        "IPv6_Destination_Address", "Interface", "Port", "SndSocketBuffer", "RcvSocketBuffer", "Checksum",
        "ErrorQueueLength");
    static final List<String> OPTIONS = List.of("TCPWindowTracking", "ExpectationSync");
    static final List<String> STATS = List.of("LogFile", "Syslog");
    static final List<String> HELPER = List.of("Setup", "Type", "QueueNum", "QueueLen", "Policy");
    static final List<String> HELPER_TYPE = List.of("Type", "QueueNum", "QueueLen", "Policy");
    static final List<String> POLICY = List.of("ExpectMax", "ExpectTimeout");

    /** Words up to conntrackd 1.4.4 that say nothing any more. */
    private static final Set<String> REMOVED = Set.of("StripNAT", "RelaxTransitions", "DelayDestroyMessages",
        "IgnoreTrafficFor", "IgnoreProtocol", "ListenTo", "Replicate", "CacheWriteThrough", "LogFileBufferSize",
        "DestroyTimeout", "McastSndSocketBuffer", "McastRcvSocketBuffer", "Family", "ResendBufferSize");
    /** Words that open a block wherever they stand: a sign of what a misplaced one was meant for. */
    private static final Set<String> OPENING = Set.of("General", "Sync", "Stats", "Helper", "UNIX", "Filter",
        "Scheduler", "Protocol", "Address", "State", "Mode", "Multicast", "UDP", "TCP", "Options");

    private static final Set<String> RESERVED = reserved();

    private Words() {
    }

    /** Whether a word means something in the language, so that it is no string to conntrackd. */
    static boolean isReserved(String word) {
        return RESERVED.contains(word) || isOn(word) || isOff(word) || isMode(word);
    }

    static boolean isOn(String word) {
        return word.equalsIgnoreCase("on") || word.equalsIgnoreCase("yes");
    }

    static boolean isOff(String word) {
        return word.equalsIgnoreCase("off") || word.equalsIgnoreCase("no");
    }

    static boolean isRemoved(String word) {
        return REMOVED.contains(word);
    }

    static boolean isOpening(String word) {
        return OPENING.contains(word);
    }

    /** Whether conntrackd takes it for the name of a mode, which it does in any case but for one letter. */
    static boolean isMode(String word) {
        return MODES.contains(word.toUpperCase(Locale.ROOT))
            && (!word.equalsIgnoreCase("PERSISTENT") || word.endsWith("T"));
    }

    private static Set<String> reserved() {
        Set<String> words = new HashSet<>(Arrays.asList("From", "for", "Default"));
        for (List<String> some : Arrays.asList(TOP, GENERAL, UNIX, SCHEDULER, FILTER, ACTIONS, PLACES, ADDRESSES,
            STATES, SYNC, FTFW, NOTRACK, ALARM, MULTICAST, UDP, TCP, OPTIONS, HELPER, HELPER_TYPE, POLICY)) {
            words.addAll(some);
        }
        return words;
    }
}
