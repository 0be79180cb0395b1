#!/usr/bin/env bash
# Where grpcurl is; installs it below target/ if it is nowhere.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/tools

if command -v grpcurl; then exit; fi
if [ ! -x "$tools/grpcurl" ]; then
    PATH=$(scripts/go.sh)
    GOBIN=$tools go install github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3 >&2
fi
echo "$tools/grpcurl"
