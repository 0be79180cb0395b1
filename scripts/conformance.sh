#!/usr/bin/env bash
# Runs the Connect conformance suite against erpsync's wires; fails where a case fails that is not known to,
# or where one passes that is. Arguments go to the suite: --run 'PATTERN', --trace, -v.
set -euo pipefail
cd "$(dirname "$0")/.."
version=v1.0.7
suite=$PWD/target/tools/connectconformance-$version

if [ ! -x "$suite" ]; then
    PATH=$(scripts/go.sh)
    GOBIN=$suite.new go install "connectrpc.com/conformance/cmd/connectconformance@$version" >&2
    mv "$suite.new/connectconformance" "$suite"
    rmdir "$suite.new"
fi
cargo build --package erpsync-connect-conformance
exec "$suite" --mode server --conf tests/conformance/config.yaml \
    --known-failing @tests/conformance/known-failing.txt \
    --known-flaky @tests/conformance/known-flaky.txt "$@" -- \
    "${CARGO_TARGET_DIR:-target}/debug/erpsync-connect-conformance"
