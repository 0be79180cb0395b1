#!/usr/bin/env bash
# What every client can do: see ../README.md#clientsh. All is kept in node_modules, dist and build.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

missing() {
    if ! command -v node >/dev/null || ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
        echo "node, 20 or newer"
    elif ! command -v npm >/dev/null; then
        echo "npm"
    elif ! command -v openssl >/dev/null; then
        echo "openssl, which makes certificates for the tests"
    fi
}

# Builds the package as its users get it, and what tests it, unless what is there is of the same files.
ready() {
    cd "$here"
    local packages sources
    packages="$(node --version) $(cat package.json package-lock.json | cksum)"
    if [ "$(cat node_modules/.made-of 2>/dev/null)" != "$packages" ]; then
        npm ci --ignore-scripts --no-audit --no-fund >&2
        echo "$packages" >node_modules/.made-of
    fi
    sources=$(find gen src test conformance tsconfig*.json -type f -print0 | sort -z | xargs -0 cksum | cksum)
    if [ ! -d dist ] || [ "$(cat build/.made-of 2>/dev/null)" != "$packages $sources" ]; then
        rm -rf build
        npm run --silent build >&2
        npm run --silent build:test >&2
        echo "$packages $sources" >build/.made-of
    fi
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
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs npm openssl >&2
        # Debian had 18 until bookworm.
        [ -z "$(missing)" ] || { echo "$(missing): see https://nodejs.org" && exit 1; }
    fi
    ready
    ;;
generate)
    # Not `ready`: what is broken in gen/ can be mended by this alone.
    cd "$here" && npm run --silent generate >&2
    ;;
test)
    ready
    npm run --silent check
    node --test build/test/*.test.js
    ;;
sample)
    caller=$PWD
    ready
    cd "$caller"
    exec node "$here/samples/$1.mjs" "${@:2}"
    ;;
play)
    ready
    exec node "$here/build/conformance/player.js" "$@"
    ;;
*)
    echo "client.sh missing | install | generate | test | sample NAME [ARGUMENT…] | play" >&2
    exit 2
    ;;
esac
