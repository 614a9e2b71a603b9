# SPDX-License-Identifier: Apache-2.0
# Sourced by ../demo: four namespaces and the wires between them.
#
#   client 10.77.0.10 ─┬─ lan0 firewall A wan0 ─┬─ 198.51.100.10 server
#                      │      sync0             │
#                      │      sync0             │
#                      └─ lan0 firewall B wan0 ─┘
#
# The switches are bridges inside the client's and the server's namespace. The firewalls share the addresses
# 10.77.0.1 (inside) and 198.51.100.1 (outside), which keepalived gives to one of them.

readonly ns_client=demo-client ns_a=demo-fwA ns_b=demo-fwB ns_server=demo-server
readonly lan_vip=10.77.0.1 wan_vip=198.51.100.1 client_address=10.77.0.10 server_address=198.51.100.10
readonly sync_net=172.31.77 echo_port=7777

in_ns() {
    local ns=$1
    shift
    ip netns exec "$ns" "$@"
}

# The same in the background, its output going to LOG: in_ns_background LOG NS COMMAND...
in_ns_background() {
    local log=$1
    shift
    (exec ip netns exec "$@") > "$log" 2>&1 < /dev/null &
    disown
}

# Whether this machine lets us build the lab; sets $obstacle if not.
can_build_network() {
    local probe=demo-probe-$$
    if ((EUID != 0)); then
        obstacle='this needs root'
    elif ! ip netns add "$probe" 2> /dev/null; then
        obstacle='network namespaces cannot be made here'
    elif ! in_ns "$probe" nft add table inet probe 2> /dev/null ||
        ! in_ns "$probe" nft -f - 2> /dev/null <<< 'table inet probe { chain c {
            type filter hook forward priority 0; ct state established accept; }
            chain n { type nat hook postrouting priority 100; ip saddr 10.0.0.1 snat ip to 10.0.0.2; }; }'; then
        obstacle='the kernel lacks nf_tables, connection tracking or NAT'
    elif ! in_ns "$probe" ip link add probe0 type veth peer name probe1 2> /dev/null ||
        ! in_ns "$probe" ip link add probe2 type bridge 2> /dev/null; then
        obstacle='the kernel lacks veth or bridge devices'
    else
        ip netns del "$probe"
        return 0
    fi
    ip netns del "$probe" 2> /dev/null
    return 1
}

# wire NS IF ADDRESS SWITCH_NS PORT: a cable from a firewall to a switch.
wire() {
    ip link add "$2" netns "$1" type veth peer name "$5" netns "$4"
    ip -n "$1" address add "$3" dev "$2"
    ip -n "$1" link set "$2" up
    ip -n "$4" link set "$5" master switch0 up
}

# host NS ADDRESS GATEWAY: a switch with a host on it.
host() {
    ip -n "$1" link add switch0 type bridge mcast_snooping 0
    ip -n "$1" address add "$2/24" dev switch0
    ip -n "$1" link set switch0 up
    ip -n "$1" route add default via "$3"
}

build_network() {
    local ns
    for ns in "$ns_client" "$ns_a" "$ns_b" "$ns_server"; do
        ip netns add "$ns"
        in_ns "$ns" bash -c 'for f in all default; do
            echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6; done' 2> /dev/null
        ip -n "$ns" link set lo up
    done
    host "$ns_client" "$client_address" "$lan_vip"
    host "$ns_server" "$server_address" "$wan_vip"
    wire "$ns_a" lan0 10.77.0.2/24 "$ns_client" portA
    wire "$ns_b" lan0 10.77.0.3/24 "$ns_client" portB
    wire "$ns_a" wan0 198.51.100.2/24 "$ns_server" portA
    wire "$ns_b" wan0 198.51.100.3/24 "$ns_server" portB
    ip link add sync0 netns "$ns_a" type veth peer name sync0 netns "$ns_b"
    ip -n "$ns_a" address add "$sync_net.1/24" dev sync0
    ip -n "$ns_b" address add "$sync_net.2/24" dev sync0
    ip -n "$ns_a" link set sync0 up
    ip -n "$ns_b" link set sync0 up
    protect "$ns_a"
    protect "$ns_b"
}

# A strict firewall: a packet in mid-stream passes only if its connection is known.
protect() {
    in_ns "$1" bash -c 'echo 0 > /proc/sys/net/netfilter/nf_conntrack_tcp_loose
        echo 1 > /proc/sys/net/ipv4/ip_forward'
    in_ns "$1" nft -f - <<- E
	table inet firewall {
	    chain untracked_in { type filter hook prerouting priority raw; iifname sync0 notrack; ip protocol vrrp notrack; }
	    chain untracked_out { type filter hook output priority raw; oifname sync0 notrack; ip protocol vrrp notrack; }
	    # a packet that comes before its state was committed must not be answered with a reset by this host
	    chain input {
	        type filter hook input priority filter; policy accept;
	        ct state invalid drop
	    }
	    chain forward {
	        type filter hook forward priority filter; policy drop;
	        ct state established,related accept
	        iifname lan0 oifname wan0 ct state new tcp flags & (fin | syn | rst | ack) == syn accept
	    }
	    chain hide {
	        type nat hook postrouting priority srcnat;
	        oifname wan0 ip saddr 10.77.0.0/24 snat ip to $wan_vip
	    }
	}
	E
}

# Takes a firewall away as a power cut would: all of its cables at once, and every process.
kill_firewall() {
    ip -n "$ns_client" link set port"$2" down
    ip -n "$ns_server" link set port"$2" down
    ip -n "$1" link set sync0 down
    kill_all_in "$1"
}

kill_all_in() {
    local pids
    pids=$(ip netns pids "$1" 2> /dev/null) && [[ $pids ]] && kill -9 $pids 2> /dev/null
}

remove_network() {
    local ns
    for ns in "$ns_client" "$ns_a" "$ns_b" "$ns_server"; do
        [[ -e /run/netns/$ns ]] || continue
        kill_all_in "$ns"
        ip netns del "$ns"
    done 2> /dev/null
}
