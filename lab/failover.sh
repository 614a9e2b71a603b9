# SPDX-License-Identifier: Apache-2.0
# Sourced by ../demo: the same failover with replication and without, and the table that compares them.

readonly idle_connections=40
declare -A result

demo_failover() {
    if [[ $keep ]]; then
        run_failover no
        remove_lab_contents
        run_failover yes
    else
        run_failover yes
        remove_lab_contents
        run_failover no
    fi
    print_table
    if [[ ${result[yes,lived]} != yes || ${result[no,lived]} != no ]]; then
        fail 'this is not what should have happened: with replication the stream must live, without it must die'
    fi
    printf '\nThe stream lived with replication and died without.\n'
    [[ ! $keep ]] || say_how_to_look_around
}

remove_lab_contents() {
    remove_network
    rm -rf "$lab_dir"/*/
}

run_failover() {
    replicate=$1
    if [[ $replicate == yes ]]; then
        title 'With replication'
    else
        title 'Without replication'
    fi
    build_lab
    start_traffic
    [[ $replicate == yes ]] && await_replication
    pull_the_plug
    observe
    ask_the_crowd
    try_new_connection
}

build_lab() {
    build_network
    prepare_firewall fwA "$sync_net.1" 150
    prepare_firewall fwB "$sync_net.2" 100
    mkdir -p "$lab_dir/client"
    say 'client, firewalls A and B, server: four namespaces, wired'
    if [[ $replicate == yes ]]; then
        start_daemon fwA "$ns_a"
        start_daemon fwB "$ns_b"
        say "two daemons answer ($CONNTRACKD)"
    fi
    start_keepalived fwA "$ns_a"
    wait_until 15 owns_addresses "$ns_a" || fail 'keepalived did not give firewall A the shared addresses'
    start_keepalived fwB "$ns_b"
    say 'firewall A is master: it holds the shared addresses on both sides'
}

start_traffic() {
    local log=$lab_dir/client
    in_ns_background "$log/echo.log" "$ns_server" socat "TCP-LISTEN:$echo_port,fork,reuseaddr,backlog=128" PIPE
    wait_until 10 can_connect || fail 'the client cannot reach the server through firewall A'
    in_ns_background "$log/crowd.log" "$ns_client" \
        "$root/lab/crowd" "$server_address" "$echo_port" "$idle_connections" "$log/crowd"
    wait_until 20 test -s "$log/crowd" || fail 'the idle connections did not open'
    in_ns_background "$log/stream.log" "$ns_client" "$root/lab/stream" "$server_address" "$echo_port" "$log/stream"
    wait_until 10 stream_reached 80 || fail 'the stream does not flow through firewall A'
    say "a TCP stream of 40 lines a second flows through A, and $idle_connections connections idle"
}

can_connect() {
    in_ns "$ns_client" timeout 1 bash -c "exec 3<> /dev/tcp/$server_address/$echo_port && echo x >&3 &&
        read -r -t 1 <&3" 2> /dev/null
}

# Sets $arrived and $line_number from the last line that came back.
last_of_stream() {
    local last
    last=$(tail -n 1 "$lab_dir/client/stream" 2> /dev/null)
    read -r arrived line_number _ <<< "${last:-0 0}"
}

stream_reached() {
    last_of_stream
    [[ $line_number =~ ^[0-9]+$ ]] && ((line_number >= $1))
}

await_replication() {
    local want=$((idle_connections + 1))
    wait_until 15 knows_all "$want" || fail "only $known of $want states reached firewall B"
    result[states]="$want of $want"
    say "firewall B's daemon knows the states of all $want connections that go through A"
}

# Closed connections linger in the cache too, so the number may be higher than what is open.
knows_all() {
    known=$(replicated_states fwB -e)
    ((known >= $1))
}

pull_the_plug() {
    last_of_stream
    plug=${EPOCHREALTIME/./}
    kill_firewall "$ns_a" A
    say_at "$plug" "firewall A is dead (line $line_number of the stream): no cables, no processes, no farewell"
}

# Watches until the stream has run for 6 s after the takeover, or has been silent for 12 s.
observe() {
    local text taken
    wait_until 10 owns_addresses "$ns_b" || fail 'firewall B did not take the shared addresses'
    taken=${EPOCHREALTIME/./}
    elapsed_text "$plug" "$taken"
    result[$replicate,takeover]="$text s"
    say_at "$taken" "firewall B holds the shared addresses ($text s later)"
    [[ $replicate == yes ]] && await_commit
    if wait_until 12 resumed; then
        say_at "$resumed_at" "the stream is back, at line $resumed_line"
        wait_until 20 stream_reached $((resumed_line + 240))
    else
        say 'the stream has been silent for 12 s: dead'
    fi
    judge_stream
}

await_commit() {
    local log=$lab_dir/fwB/takeover.log from=0 to=0 at what text
    wait_until 20 grep -qs 'end primary' "$log" || fail 'the takeover script did not end'
    while read -r at what; do
        case $what in
        'role primary') from=$at ;;
        'done -c') to=$at ;;
        failed*) fail "the takeover script: $what" ;;
        esac
    done < "$log"
    elapsed_text "$from" "$to"
    result[commit]="$text s"
    say_at "$to" "firewall B's daemon has committed the states into its kernel ($text s after the script began)"
}

# The first line back since the addresses moved (observe's $taken): pulling the plug takes a moment, in which lines
# still come back.
resumed() {
    local at number
    while read -r at number _; do
        if [[ $number =~ ^[0-9]+$ && $at -gt $taken ]]; then
            resumed_at=$at resumed_line=$number
            return 0
        fi
    done < <(tail -n 600 "$lab_dir/client/stream")
    return 1
}

judge_stream() {
    local at number text previous=0 gap longest=0 now=${EPOCHREALTIME/./} orderly=yes
    while read -r at number _; do
        [[ $number =~ ^[0-9]+$ ]] || orderly=no
        ((previous)) && gap=$((at - previous)) && ((gap > longest)) && longest=$gap
        previous=$at
    done < "$lab_dir/client/stream"
    if [[ $orderly == yes ]] && ((now - previous < 2000000)); then
        elapsed_text 0 "$longest"
        result[$replicate,lived]=yes
        result[$replicate,stall]="$text s"
        say "the stream lives: longest stall $text s, no line lost"
    else
        result[$replicate,lived]=no
        result[$replicate,stall]='for ever'
    fi
}

ask_the_crowd() {
    local word count pid
    for pid in $(ip netns pids "$ns_client"); do
        [[ $(tr '\0' ' ' < "/proc/$pid/cmdline") == *lab/crowd* ]] && kill -USR1 "$pid"
    done 2> /dev/null
    wait_until 15 grep -qs alive "$lab_dir/client/crowd"
    while read -r word count; do
        [[ $word == alive ]] && result[$replicate,crowd]="$count of $idle_connections"
    done < "$lab_dir/client/crowd"
    say "idle connections that still work: ${result[$replicate,crowd]:-none}"
}

# Shows that the road through B is open, so that a dead stream lacks nothing but its state.
try_new_connection() {
    result[$replicate,new]=no
    if wait_until 5 can_connect; then
        result[$replicate,new]=yes
        say 'a new connection through B works'
    fi
}

print_table() {
    local line='  %-40s %-18s %s\n'
    title 'Summary'
    printf "$line" '' 'with replication' 'without'
    printf "$line" 'states replicated to B' "${result[states]}" '-'
    printf "$line" 'addresses taken over after' "${result[yes,takeover]}" "${result[no,takeover]}"
    printf "$line" 'commit into the kernel of B' "${result[commit]}" '-'
    printf "$line" 'longest stall of the stream' "${result[yes,stall]}" "${result[no,stall]}"
    printf "$line" 'idle connections that still work' "${result[yes,crowd]:-none}" "${result[no,crowd]:-none}"
    printf "$line" 'new connections through B work' "${result[yes,new]}" "${result[no,new]}"
    printf "$line" 'the stream lived' "${result[yes,lived]}" "${result[no,lived]}"
}
