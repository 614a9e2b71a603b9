# SPDX-License-Identifier: Apache-2.0
# Sourced by ../demo: what can be shown where namespaces cannot be made. Two daemons, each on a kernel in its own
# memory (STATELINK_KERNEL=memory, with a number of flows to begin with), keep each other informed over loopback.

readonly memory_flows=1000

demo_in_memory() {
    title "The full demo cannot run: $1."
    echo 'Instead, two daemons run on an in-memory kernel over the loopback interface. Nothing of it touches the network.'
    [[ $CONNTRACKD == "$root/bin/conntrackd" ]] || fail 'only the daemon of this checkout has an in-memory kernel'
    [[ -s $root/server/target/classpath ]] || prepare_build
    memory_dir=$(mktemp -d)
    trap finish_in_memory EXIT
    run_in_memory yes
    run_in_memory no
    title 'Summary'
    printf '  %-40s %-18s %s\n' '' 'with replication' 'without' \
        'states that B can take over' "${result[yes,taken]} of $memory_flows" "${result[no,taken]} of $memory_flows" \
        'commit into the kernel of B' "${result[yes,commit]}" "${result[no,commit]}"
    ((result[yes,taken] == memory_flows && result[no,taken] == 0)) || fail 'this is not what should have happened'
    printf '\nThe states lived with replication and died without. (On an in-memory kernel: as root, on a kernel with\n'
    printf 'netfilter, this shows a live stream through real firewalls.)\n'
}

finish_in_memory() {
    kill -9 ${memory_pids[*]:-} 2> /dev/null
    rm -rf "$memory_dir"
}

memory_control() {
    local name=$1
    shift
    "$CONNTRACKD" -C "$memory_dir/$name.conf" "$@"
}

memory_start() {
    local name=$1 address=$2 peer=$3 flows=$4
    cat > "$memory_dir/$name.conf" <<- E
	Sync {
	    Mode FTFW {
	    }
	    UDP {
	        IPv4_address $address
	        IPv4_Destination_Address $peer
	        Port 3780
	        Interface lo
	    }
	}
	General {
	    LockFile $memory_dir/$name.lock
	    UNIX {
	        Path $memory_dir/$name.ctl
	    }
	}
	E
    STATELINK_KERNEL=memory:$flows "$CONNTRACKD" -C "$memory_dir/$name.conf" \
        > "$memory_dir/$name.log" 2>&1 < /dev/null &
    memory_pids[$name]=$!
    disown
    wait_until 20 memory_answers "$name" ||
        fail "daemon $name did not start:"$'\n'"$(tail -n 5 "$memory_dir/$name.log")"
}

memory_answers() {
    [[ -S $memory_dir/$1.ctl ]] && memory_control "$1" -s > /dev/null 2>&1
}

# memory_count NAME -i|-e
memory_count() {
    memory_control "$1" "$2" 2> /dev/null | grep -c src=
}

memory_knows_all() {
    (($(memory_count B -e) == memory_flows))
}

run_in_memory() {
    local from text
    declare -gA memory_pids=()
    [[ $1 == yes ]] && title 'With replication' || title 'Without replication'
    memory_start A 127.0.0.1 127.0.0.2 "$memory_flows"
    say "daemon A tracks $(memory_count A -i) states"
    memory_start B 127.0.0.2 127.0.0.1 0
    if [[ $1 == yes ]]; then
        memory_control B -n
        wait_until 15 memory_knows_all || fail "only $(memory_count B -e) of $memory_flows states reached daemon B"
        say "daemon B knows all of them"
    fi
    kill -9 "${memory_pids[A]}"
    say 'daemon A is dead'
    from=${EPOCHREALTIME/./}
    memory_control B -c
    elapsed_text "$from" "${EPOCHREALTIME/./}"
    result[$1,commit]="$text s"
    memory_control B -f
    memory_control B -R
    result[$1,taken]=$(memory_count B -i)
    say "daemon B has committed; its kernel holds ${result[$1,taken]} states"
    kill -9 "${memory_pids[B]}"
    rm -f "$memory_dir"/*
}
