# SPDX-License-Identifier: Apache-2.0
# Sourced by ../verify, after common.sh: a Docker engine for the tests in containers, for as long as they run.

docker_pid=

docker_answers() {
    [[ $(curl -s --max-time 5 --unix-socket /var/run/docker.sock http://docker/_ping) == OK ]]
}

docker_answers_or_ended() {
    docker_answers || ! kill -0 "$docker_pid"
}

# provide_docker FOLDER: has an engine answer until the script ends. The one that runs, or one that keeps images and its
# log in a folder. Where there can be none, the tests are told why, and skip.
provide_docker() {
    docker_answers && return
    local output
    if ! output=$(need dockerd=docker.io 2>&1); then
        export STATELINK_NO_DOCKER=${output##*$'\n'}
        return
    fi
    hash -r
    start_docker "$1"
    docker_answers || export STATELINK_NO_DOCKER="dockerd does not start: $(tail -n 1 "$1/log")"
}

# The host's own network is left as it is: no bridge, no rules, no forwarding. What the tests need they make.
start_docker() {
    mkdir -p "$1"
    trap stop_docker EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # in a session of its own, it outlives the tests that an interrupt ends
    setsid dockerd --data-root "$1/data" --bridge=none --iptables=false --ip-forward=false \
        > "$1/log" 2>&1 < /dev/null &
    docker_pid=$!
    wait_until 30 docker_answers_or_ended
}

stop_docker() {
    local left
    left=$(docker ps --all --quiet --filter label=org.statelink.it)
    [[ ! $left ]] || docker rm --force $left > /dev/null
    kill "$docker_pid" 2> /dev/null && wait "$docker_pid"
}
