# SPDX-License-Identifier: Apache-2.0
# Sourced, not run: finds the JDK, builds the checkout where nothing is built, and starts a main class of it.
# Expects $root, the checkout's folder.

readonly modules='server control-socket config sync-protocol transport-multicast transport-udp transport-tcp
    netlink-channel conntrack-cli'
run=$root/server/target/run
readonly client_options=(-Xmx32m -Xss512k -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xlog:disable
    -Xlog:all=off)

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

# A client lives for a moment, so its classes are mapped from an archive instead of being parsed: it starts twice as
# fast. Archives are made of jars only; this one is made again when a module's classes are newer. Sets $archive, or
# leaves it empty where none can be made.
client_archive() {
    local jar=$run/client.jar module classes
    archive=$run/client.jsa
    for classes in server/target/classes/org/statelink/server/Main.class \
        config/target/classes/org/statelink/config/ConfigReader.class \
        control-socket/target/classes/org/statelink/control/client/CommandLine.class; do
        if [[ ! -s $archive || $root/$classes -nt $archive ]]; then
            make_client_archive "$jar" > /dev/null 2>&1 || archive=
            return
        fi
    done
}

make_client_archive() {
    (
        flock 9
        cd "$root" && rm -f "$archive"
        "$jdk/bin/jar" --create --file "$1" -C server/target/classes . -C config/target/classes . \
            -C control-socket/target/classes .
        # the client goes all of its way up to the socket, which is not there
        cat > "$run/none.conf" <<- E
	Sync { Mode FTFW { }
	    Multicast { IPv4_address 225.0.0.50
	        Group 3780
	        IPv4_interface 127.0.0.1
	        Interface lo
	        Checksum on } }
	General { LockFile $run/none.lock
	    UNIX { Path $run/none.ctl
	    }
	    Filter From Userspace { Protocol Accept { TCP }
	        Address Ignore { IPv4_address 127.0.0.1 } } }
	E
        "$jdk/bin/java" -XX:ArchiveClassesAtExit="$archive.$$" "${client_options[@]}" -cp "$1" \
            org.statelink.server.Main -C "$run/none.conf" -s || :
        mv "$archive.$$" "$archive"
    ) 9> "$run/.archive-lock"
}

# start_client ARGUMENT...: becomes the JVM of a client.
start_client() {
    find_jdk || die 'needs a JDK 25: set JAVA_HOME, or install one under /usr/lib/jvm'
    ensure_built
    mkdir -p "$run" && client_archive
    [[ $archive ]] || start org.statelink.server.Main "${client_options[@]}" -- "$@"
    export CLASSPATH=$run/client.jar:$(< "$root/server/target/classpath")
    exec "$jdk/bin/java" "${client_options[@]}" -XX:SharedArchiveFile="$archive" org.statelink.server.Main "$@"
}

# start MAIN_CLASS JVM_OPTION... -- ARGUMENT...: becomes the JVM.
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
    exec "$java" "${options[@]}" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xshare:auto "$main" "$@"
}
