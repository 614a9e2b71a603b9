# SPDX-License-Identifier: Apache-2.0
# Sourced, not run: finds the JDK, builds the checkout where nothing is built, and starts a main class of it.
# Expects $root, the checkout's folder.

readonly modules='server control-socket config sync-protocol transport-multicast transport-udp transport-tcp
    netlink-channel conntrack-cli'
run=$root/server/target/run
# A client lives for a moment. Nothing is worth compiling then, the JDK need not search jars for a selector, nor move
# the cache of its classes to another address.
readonly client_options=(-Xint -Xmx32m -Xss512k -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=off
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
    -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider)
# Of what neither answers a script nor lives long.
readonly tool_options=(-Xmx64m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Dstatelink.launcher="$root/bin/conntrackd")

die() {
    echo "${0##*/}: $*" >&2
    exit 1
}

is_jdk25() {
    local line
    [[ -n $1 && -x $1/bin/java && -r $1/release ]] || return 1
    while IFS= read -r line; do
        [[ $line == 'JAVA_VERSION="25'* ]] && return 0
    done < "$1/release"
    return 1
}

# Sets $jdk: JAVA_HOME if that is a JDK 25, else the first one found where systems keep their JDKs.
find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25*; do
        if is_jdk25 "$candidate"; then
            jdk=$candidate
            return 0
        fi
    done
    return 1
}

# Builds what the daemon needs unless it is there. One builder at a time; the others wait for it.
ensure_built() {
    [[ -s $root/server/target/classpath && -d $root/server/target/classes ]] && return 0
    command -v mvn > /dev/null || die 'not built yet, and Maven (mvn) is missing'
    mkdir -p "$root/server/target"
    (
        flock 9
        [[ -s $root/server/target/classpath ]] && exit 0
        cd "$root" && mvn -q -B -DskipTests -pl server -am process-classes < /dev/null 1>&2
    ) 9> "$root/server/target/.build-lock" || die 'the build failed'
}

# Sets $java to a link named conntrackd, so that the process bears the name by which scripts look for it.
link_java() {
    java=$run/conntrackd
    [[ $java -ef $jdk/bin/java ]] && return 0
    if ! { mkdir -p "$run" && ln -sfn "$jdk/bin/java" "$run/.$$" && mv -fT "$run/.$$" "$java"; } 2> /dev/null; then
        java=$jdk/bin/java
    fi
}

# What the JVM of a client is started with stands in a file, beside a cache of its classes, loaded and linked: it starts
# three times as fast. A cache is made of jars only; it is made again when a module's classes are newer.
client_is_prepared() {
    local classes
    [[ -x $run/conntrackd ]] || return 1
    for classes in server/target/classes/org/statelink/server/Main.class \
        config/target/classes/org/statelink/config/ConfigReader.class \
        control-socket/target/classes/org/statelink/control/client/CommandLine.class; do
        [[ $run/client.args -nt $root/$classes ]] || return 1
    done
}

prepare_client() {
    client_is_prepared && return
    find_jdk || die 'needs a JDK 25: set JAVA_HOME, or install one under /usr/lib/jvm'
    ensure_built
    link_java
    (
        flock 9
        client_is_prepared || make_client
    ) 2> /dev/null 9> "$run/.client-lock"
}

# The jar holds all that a client needs: each further one on its class path would cost it a millisecond.
make_client() {
    local jar=$run/client.jar cache=$run/client.aot library option
    cd "$root" && rm -rf "$cache" "$run/client" "$run/training.ctl" && mkdir "$run/client" || return
    library=$(tr : '\n' < server/target/classpath | grep '/com/typesafe/config/')
    (cd "$run/client" && "$jdk/bin/jar" --extract --file "$library")
    "$jdk/bin/jar" --create --file "$jar" -C server/target/classes . -C config/target/classes . \
        -C control-socket/target/classes . -C "$run/client" .
    # a client goes all of its way, up to an answer
    cat > "$run/training.conf" <<- E
	Sync { Mode FTFW { }
	    Multicast { IPv4_address 225.0.0.50
	        Group 3780
	        IPv4_interface 127.0.0.1
	        Interface lo
	        Checksum on } }
	General { LockFile $run/training.lock
	    UNIX { Path $run/training.ctl
	    }
	    Filter From Userspace { Protocol Accept { TCP }
	        Address Ignore { IPv4_address 127.0.0.1 } } }
	E
    "$jdk/bin/java" -XX:AOTCacheOutput="$cache" "${client_options[@]}" -cp "$jar" org.statelink.server.ClientTraining \
        "$run/training.ctl" -C "$run/training.conf" -s > /dev/null
    rm -f "$run/training.ctl"
    for option in "${client_options[@]}" -XX:AOTCache="$cache" -cp "$jar" org.statelink.server.Main; do
        printf '"%s"\n' "$option"
    done > "$run/.args" && mv "$run/.args" "$run/client.args"
}

# start_client ARGUMENT...: becomes the JVM of a client.
start_client() {
    if client_is_prepared || prepare_client; then
        exec -a conntrackd "$run/conntrackd" @"$run/client.args" "$@"
    fi
    start_tool "$@"
}

# start_tool ARGUMENT...: becomes the JVM of what looks at a file or starts the daemon.
start_tool() {
    start org.statelink.server.Main "${tool_options[@]}" -- "$@"
}

# start MAIN_CLASS JVM_OPTION... -- ARGUMENT...: becomes the JVM, whose command line begins with $process_title, where
# scripts look for conntrackd's.
start() {
    local main=$1 module classpath= options=()
    shift
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    shift
    find_jdk || die 'needs a JDK 25: set JAVA_HOME, or install one under /usr/lib/jvm'
    ensure_built
    link_java
    for module in $modules; do
        classpath+=$root/$module/target/classes:
    done
    classpath+=$(< "$root/server/target/classpath")
    export CLASSPATH=$classpath
    exec -a "${process_title:-$main}" "$java" "${options[@]}" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xshare:auto "$main" "$@"
}
