# SPDX-License-Identifier: Apache-2.0
# Sourced by ../demo: what runs on the two firewalls.

# write_daemon_config NAME ADDRESS
write_daemon_config() {
    cat > "$lab_dir/$1/conntrackd.conf" <<- E
	Sync {
	    Mode FTFW {
	    }
	    Multicast {
	        IPv4_address 225.0.0.50
	        Group 3780
	        IPv4_interface $2
	        Interface sync0
	        SndSocketBuffer 1249280
	        RcvSocketBuffer 1249280
	        Checksum on
	    }
	}
	General {
	    HashSize 32768
	    HashLimit 131072
	    LockFile $lab_dir/$1/lock
	    UNIX {
	        Path $lab_dir/$1/ctl
	    }
	    NetlinkBufferSize 2097152
	    NetlinkBufferSizeMaxGrowth 8388608
	    Filter From Userspace {
	        Protocol Accept {
	            TCP
	        }
	        Address Ignore {
	            IPv4_address 127.0.0.1
	            IPv4_address $sync_net.0/24
	        }
	    }
	}
	E
}

# write_keepalived_config NAME PRIORITY: both addresses move together. One brace a line is what keepalived reads.
write_keepalived_config() {
    local dir=$lab_dir/$1 side vip id=61
    {
        cat <<- E
	global_defs {
	    vrrp_version 3
	    script_user root
	    enable_script_security
	}
	vrrp_sync_group both {
	    group {
	        lan
	        wan
	    }
	E
        if [[ $replicate == yes ]]; then
            printf '    notify_%s "%s %s"\n' master "$dir/takeover" primary backup "$dir/takeover" backup \
                fault "$dir/takeover" fault
        fi
        echo '}'
        for side in lan wan; do
            vip=$lan_vip
            [[ $side == wan ]] && vip=$wan_vip
            cat <<- E
	vrrp_instance $side {
	    interface ${side}0
	    state BACKUP
	    nopreempt
	    virtual_router_id $((id++))
	    priority $2
	    advert_int 0.2
	    virtual_ipaddress {
	        $vip/24
	    }
	}
	E
        done
    } > "$dir/keepalived.conf"
}

# prepare_firewall NAME ADDRESS PRIORITY. keepalived runs a script only from a folder that root alone can write to.
prepare_firewall() {
    mkdir -p "$lab_dir/$1"
    write_daemon_config "$1" "$2"
    write_keepalived_config "$1" "$3"
    {
        echo '#!/bin/bash'
        printf 'export CONNTRACKD=%q CONFIG=%q TAKEOVER_LOG=%q\n' "$CONNTRACKD" "$lab_dir/$1/conntrackd.conf" \
            "$lab_dir/$1/takeover.log"
        tail -n +2 "$root/lab/takeover"
    } > "$lab_dir/$1/takeover"
    chmod 0755 "$lab_dir/$1/takeover"
}

# control NAME COMMAND...: asks a firewall's daemon.
control() {
    local name=$1
    shift
    "$CONNTRACKD" -C "$lab_dir/$name/conntrackd.conf" "$@"
}

start_daemon() {
    in_ns_background "$lab_dir/$1/conntrackd.log" "$2" "$CONNTRACKD" -C "$lab_dir/$1/conntrackd.conf"
    wait_until 20 answers "$1" || fail "the daemon of $1 did not start:"$'\n'"$(tail -n 5 "$lab_dir/$1/conntrackd.log")"
}

answers() {
    [[ -S $lab_dir/$1/ctl ]] && control "$1" -s > /dev/null 2>&1
}

start_keepalived() {
    local dir=$lab_dir/$1
    in_ns_background "$dir/keepalived.log" "$2" keepalived -n -l -D -P -f "$dir/keepalived.conf" \
        -p "$dir/keepalived.pid" -r "$dir/vrrp.pid"
}

owns_addresses() {
    [[ $(ip -n "$1" -o -4 address show) == *" $lan_vip/"*" $wan_vip/"* ]]
}

# replicated_states NAME -i|-e: the number of the demo's connections that a daemon knows.
replicated_states() {
    local line count=0
    while read -r line; do
        [[ $line == *" dport=$echo_port "* ]] && ((count++))
    done < <(control "$1" "$2" 2> /dev/null)
    echo "$count"
}
