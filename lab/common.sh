# SPDX-License-Identifier: Apache-2.0
# Sourced by ../demo: progress, clocks, waiting and packages.

export LC_ALL=C
readonly lab_dir=/run/statelink-demo
began=${EPOCHREALTIME/./}

# elapsed_text FROM TO: sets $text to the seconds between two clock readings in microseconds.
elapsed_text() {
    local us=$(($2 - $1))
    printf -v text '%d.%03d' $((us / 1000000)) $((us / 1000 % 1000))
}

# say TEXT...: one line of the timeline. say_at MICROSECONDS TEXT... for what happened a moment ago.
say() {
    say_at "${EPOCHREALTIME/./}" "$@"
}

say_at() {
    local text at=$1
    shift
    elapsed_text "$began" "$at"
    printf '%9s s  %s\n' "${text%??}" "$*"
}

title() {
    printf '\n%s\n' "$*"
}

fail() {
    printf '\n%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# wait_until SECONDS COMMAND...: polls every 50 ms.
wait_until() {
    local deadline=$((${EPOCHREALTIME/./} + $1 * 1000000))
    shift
    until "$@"; do
        ((${EPOCHREALTIME/./} < deadline)) || return 1
        nap 0.05
    done
}

# nap SECONDS: sleeps without starting a process, so that a lab under load keeps its clock. Leaves if interrupted.
interrupted=
exec {nap_fd}<> <(:)
nap() {
    [[ ! $interrupted ]] || exit "$interrupted"
    read -r -t "$1" -u "$nap_fd"
    [[ ! $interrupted ]] || exit "$interrupted"
}

# need PROGRAM=PACKAGE...: installs the packages whose programs are missing. Needs root.
need() {
    local pair missing=()
    for pair; do
        command -v "${pair%%=*}" > /dev/null || missing+=("${pair#*=}")
    done
    ((${#missing[@]})) || return 0
    command -v apt-get > /dev/null || fail "missing: ${missing[*]} (and there is no apt-get to install them)"
    say "installing ${missing[*]}"
    # RUNLEVEL=1: what gets installed here shall not be started as a service
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    local log
    log=$({ apt-get -q update && apt-get -q -y --no-install-recommends install "${missing[@]}"; } < /dev/null 2>&1) ||
        fail "could not install ${missing[*]}:"$'\n'"$(tail -n 5 <<< "$log")"
    hash -r
}
