#!/usr/bin/env bash
# What every client can do: see ../README.md#clientsh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
manifest=$top/Cargo.toml

# As a part of the whole workspace: alone, it would have everything below it built once more, with fewer features.
example() {
    cargo build --quiet --manifest-path "$manifest" --workspace --example "$1" >&2
    exec "${CARGO_TARGET_DIR:-$top/target}/debug/examples/$1" "${@:2}"
}

missing() {
    command -v cargo >/dev/null || echo "cargo (https://rustup.rs)"
    command -v cc >/dev/null || echo "a C linker (gcc)"
}

verb=${1:-}
shift || true
case $verb in
missing)
    lacking=$(missing)
    [ -z "$lacking" ] || { echo $lacking && exit 1; }
    ;;
install)
    if ! command -v cc >/dev/null; then
        sudo=sudo
        [ "$(id -u)" != 0 ] || sudo=
        $sudo apt-get update >&2
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends gcc libc6-dev >&2
    fi
    lacking=$(missing)
    [ -z "$lacking" ] || { echo "cannot install $lacking" >&2 && exit 1; }
    ;;
generate)
    cd "$top"
    cargo run --quiet -p erpsync-client-generate
    ;;
test)
    # And those beside its modules, with all others: `make test`.
    cargo test --quiet --manifest-path "$manifest" --workspace --test comfort
    ;;
sample)
    example "$@"
    ;;
play)
    example conformance
    ;;
*)
    echo "client.sh missing | install | generate | test | sample NAME [ARGUMENT…] | play" >&2
    exit 2
    ;;
esac
