#!/usr/bin/env bash
# Installs what is missing to build and run erpsync: a C linker and PostgreSQL's server binaries; with `bench`,
# what it is measured against too.
# As root at once, as another user through sudo; what cannot be installed is named with its command.
set -euo pipefail

missing=()
command -v cc >/dev/null || missing+=(build-essential)
if [ -z "${ERPSYNC_POSTGRES_BIN:-}" ] && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null &&
    ! command -v initdb >/dev/null; then
    missing+=(postgresql)
fi
if [ "${1:-}" = bench ]; then
    command -v etcd >/dev/null || missing+=(etcd-server)
    compgen -G '/usr/lib/postgresql/*/bin/pgbench' >/dev/null || command -v pgbench >/dev/null ||
        missing+=(postgresql)
fi

if [ ${#missing[@]} -gt 0 ]; then
    install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "missing: ${missing[*]}; install them with this system's package manager" >&2
        exit 1
    elif [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive sh -c "$install" >&2
    elif sudo -n true 2>/dev/null; then
        sudo DEBIAN_FRONTEND=noninteractive sh -c "$install" >&2
    else
        echo "missing: ${missing[*]}; install them with:  sudo sh -c '$install'" >&2
        exit 1
    fi
fi

if ! command -v cargo >/dev/null; then
    echo "missing: Rust; install it from https://rustup.rs" >&2
    exit 1
fi
