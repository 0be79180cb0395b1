#!/usr/bin/env bash
# What every client can do: see ../README.md#clientsh. Built with Mono, into bin/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$here/bin

missing() {
    local tools=()
    command -v mcs >/dev/null || tools+=(mono-mcs)
    command -v mono >/dev/null && [ -e /usr/lib/mono/4.7.1-api/System.Net.Http.dll ] || tools+=(mono-devel)
    command -v openssl >/dev/null || tools+=(openssl)
    [ ${#tools[@]} = 0 ] || echo "${tools[*]}"
}

# What .NET Framework 4.7.1 has, and the newest C# that Mono's compiler knows.
compile() {
    mcs -langversion:7.2 -sdk:4.7.1-api -warn:4 -warnaserror -r:System.Net.Http.dll "$@"
}

# Compiles into a file, unless that is newer than all that it is made of.
make() {
    local out=$1 sources=$2
    shift 2
    if [ ! -e "$bin/$out" ] || [ -n "$(find $sources "$bin"/*.dll -newer "$bin/$out" 2>/dev/null | head -n 1)" ]; then
        # Whoever looks meanwhile finds the old one or the new one, never half of it. An assembly bears the name of its file.
        local made=$bin/.$$
        mkdir -p "$made"
        compile "$@" -out:"$made/$out"
        mv "$made/$out" "$bin/$out"
        rmdir "$made"
    fi
}

library() {
    cd "$here"
    make Erpsync.Client.dll "src gen" -target:library -recurse:'gen/*.cs' -recurse:'src/*.cs'
}

program() {
    library
    make "$1" "$2" -r:"$bin/Erpsync.Client.dll" -recurse:"$2"
}

verb=${1:-}
shift || true
case $verb in
missing)
    [ -z "$(missing)" ] || { missing && exit 1; }
    ;;
install)
    if [ -n "$(missing)" ]; then
        sudo=sudo
        [ "$(id -u)" != 0 ] || sudo=
        $sudo apt-get update >&2
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends mono-mcs mono-devel openssl >&2
    fi
    [ -z "$(missing)" ] || { missing && exit 1; }
    ;;
generate)
    exec "$here/../templates/generate.sh" csharp
    ;;
test)
    # Whoever waits for an answer on the thread of a window would wait for ever.
    if grep -rn 'await ' "$here/src" "$here/gen" | grep -v 'ConfigureAwait(false)' | grep -v '///'; then
        echo "FAILED: these go on in the context of the caller"
        exit 1
    fi
    program Erpsync.Tests.exe 'tests/*.cs'
    exec mono "$bin/Erpsync.Tests.exe" "$@"
    ;;
sample)
    name=$1
    shift
    folder=$PWD
    program "$name.exe" "samples/$name.cs"
    cd "$folder"
    exec mono "$bin/$name.exe" "$@"
    ;;
play)
    program Erpsync.Player.exe 'conformance/*.cs'
    exec mono --debug "$bin/Erpsync.Player.exe"
    ;;
*)
    echo "client.sh missing | install | generate | test | sample NAME [ARGUMENT…] | play" >&2
    exit 2
    ;;
esac
