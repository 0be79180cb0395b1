#!/usr/bin/env bash
# What is done with this client: missing | install | generate | test | sample NAME [ARGUMENT…] | play
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
from=$PWD
tools=$here/.tools

jdk_here() { javac -version 2>&1 | grep -qE '^javac (1[7-9]|[2-9][0-9])'; }

missing() {
    local names=()
    jdk_here || names+=('a JDK, 17 or newer')
    command -v mvn >/dev/null || names+=(Maven)
    if [ ${#names[@]} -gt 0 ]; then
        printf '%s; ' "${names[@]}" | sed 's/; $/\n/'
        return 1
    fi
}

install() {
    local packages=()
    jdk_here || packages+=(default-jdk-headless)
    command -v mvn >/dev/null || packages+=(maven)
    if [ ${#packages[@]} = 0 ]; then return; fi
    local command="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "missing: $(missing); install them with this system's package manager" >&2
        exit 1
    elif [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive sh -c "$command" >&2
    elif sudo -n true 2>/dev/null; then
        sudo DEBIAN_FRONTEND=noninteractive sh -c "$command" >&2
    else
        echo "install what is missing with:  sudo sh -c '$command'" >&2
        exit 1
    fi
}

# What Maven says is no answer of ours.
maven() { mvn --batch-mode --quiet -Dstyle.color=never --file "$here/pom.xml" "$@" >&2; }

# The value of a property of the pom.
version() { sed -n "s:.*<$1.version>\(.*\)</$1.version>.*:\1:p" "$here/pom.xml"; }

# With the compiler of the same version as the library, from Maven Central, and generator/ as its plugin.
generate() {
    if ! command -v npx >/dev/null; then
        echo 'generating needs npx (Node), which fetches buf' >&2
        exit 1
    fi
    local machine
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) machine=linux-x86_64 ;;
    Linux-aarch64) machine=linux-aarch_64 ;;
    Darwin-*) machine=osx-$(uname -m | sed 's/arm64/aarch_64/') ;;
    *) echo "there is no protoc for $(uname -s) on $(uname -m)" >&2 && exit 1 ;;
    esac
    fetch protoc "com.google.protobuf:protoc:$(version protobuf):exe:$machine"
    fetch protobuf-java.jar "com.google.protobuf:protobuf-java:$(version protobuf)"
    cd "$here"
    rm -rf gen
    npx --yes @bufbuild/buf@1.75.0 generate
}

fetch() {
    local folder=$tools/fetched
    rm -rf "$folder"
    maven dependency:copy -Dartifact="$2" -DoutputDirectory="$folder"
    mv "$folder"/* "$tools/$1"
    chmod +x "$tools/$1"
}

# The client and its player, compiled where something has changed, and what they need.
classes() {
    local known=$here/target/classpath
    if [ ! -f "$known" ] || [ -n "$(find "$here/pom.xml" "$here/gen" "$here/src" "$here/conformance" -newer "$known" -print -quit)" ]; then
        maven test-compile dependency:build-classpath -Dmdep.outputFile="$known"
        touch "$known"
    fi
    echo "$here/target/classes:$here/target/test-classes:$(cat "$known")"
}

# `watch_stock` is WatchStock.java.
sample() {
    local name
    name=$(echo "$1" | sed -E 's/(^|_)([a-z])/\U\2/g')
    local path
    path=$(classes)
    cd "$from"
    exec java -cp "$path" "$here/samples/$name.java" "${@:2}"
}

play() {
    local path
    path=$(classes)
    exec java -cp "$path" Player
}

case ${1:-} in
missing) missing ;;
install) install ;;
generate) generate ;;
test) mvn --batch-mode --no-transfer-progress -Dstyle.color=never --file "$here/pom.xml" test ;;
sample) sample "${@:2}" ;;
play) play ;;
*) sed -n '2s/^# //p' "$0" >&2 && exit 1 ;;
esac
