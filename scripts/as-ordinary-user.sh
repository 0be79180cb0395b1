#!/usr/bin/env bash
# make, as an ordinary user: `scripts/as-ordinary-user.sh test demo`. Needs root, which makes the user
# and takes it away again. It works on a clean copy of the last commit, with nothing of root's home
# but a copy of the Rust toolchain and of the crates that cargo has downloaded, and is compiled without optimizing it,
# which takes half the time.
set -euo pipefail
cd "$(dirname "$0")/.."

user=erpsync-ci-$$
home=$(mktemp -d "/var/tmp/$user-XXXXXX")
trap 'userdel "$user" >/dev/null 2>&1 || true; rm -rf "$home"' EXIT
useradd --system --no-create-home --home-dir "$home" --shell /bin/bash "$user"

cp -a "$(rustc --print sysroot)" "$home/rust"
mkdir "$home/cargo" "$home/erpsync"
registry=${CARGO_HOME:-$HOME/.cargo}/registry
[ ! -d "$registry" ] || cp -a "$registry" "$home/cargo/registry"
git archive HEAD | tar -x -C "$home/erpsync"
chown -R "$user" "$home"

cd "$home/erpsync"
runuser -u "$user" -- env -i HOME="$home" USER="$user" LANG=C.UTF-8 \
    PATH="$home/rust/bin:/usr/local/bin:/usr/bin:/bin" \
    CARGO_HOME="$home/cargo" CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never CARGO_PROFILE_DEV_OPT_LEVEL=0 \
    make "$@"
