#!/usr/bin/env bash
# What every client can do: see ../README.md#clientsh. All is kept in .venv.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=$here/.venv

missing() {
    if ! command -v python3 >/dev/null || ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'; then
        echo "python3, 3.9 or newer"
    elif ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        echo "python3-venv"
    fi
}

# Whatever is in the folder is what is installed: the package as its users get it.
ready() {
    local what now
    what=$(cd "$here" && find pyproject.toml README.md src gen -type f ! -name '*.pyc' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum)
    now="$(python3 --version) $what"
    [ "$(cat "$venv/made-of" 2>/dev/null)" = "$now" ] && return
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    rm -rf "$here/build"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$here[generate,test]" >&2
    echo "$now" >"$venv/made-of"
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
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 python3-venv >&2
    fi
    ready
    ;;
generate)
    # Not `ready`: what is broken in gen/ can be mended by this alone.
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    grpcio_tools=$(sed -n 's/^generate = \["\(.*\)"\]/\1/p' "$here/pyproject.toml")
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$grpcio_tools" >&2
    "$venv/bin/python" "$here/generate.py"
    ;;
test)
    ready
    cd "$here"
    "$venv/bin/mypy" --package erpsync
    MYPYPATH=$here/samples "$venv/bin/mypy" samples/*.py
    "$venv/bin/python" -m pytest --quiet
    ;;
sample)
    ready
    exec "$venv/bin/python" "$here/samples/$1.py" "${@:2}"
    ;;
play)
    ready
    exec "$venv/bin/python" "$here/conformance/play.py"
    ;;
*)
    echo "client.sh missing | install | generate | test | sample NAME [ARGUMENT…] | play" >&2
    exit 2
    ;;
esac
