#!/usr/bin/env bash
# What every client can do: see ../README.md#clientsh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

missing() {
    if ! command -v php >/dev/null || ! php -r 'exit(PHP_VERSION_ID < 80100 ? 1 : 0);'; then
        echo "php, 8.1 or newer"
    elif ! php -r 'exit(extension_loaded("curl") && extension_loaded("json") ? 0 : 1);'; then
        echo "the extensions curl and json of php"
    elif ! php -r 'exit(extension_loaded("openssl") ? 0 : 1);'; then
        echo "the extension openssl of php, which the tests use"
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
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends php-cli php-curl >&2
    fi
    [ -z "$(missing)" ] || { missing && exit 1; }
    ;;
generate)
    exec "$here/../templates/generate.sh" php
    ;;
test)
    exec php "$here/tests/run.php" "$@"
    ;;
sample)
    exec php "$here/samples/$1.php" "${@:2}"
    ;;
play)
    exec php "$here/conformance/play.php"
    ;;
*)
    echo "client.sh missing | install | generate | test | sample NAME [ARGUMENT…] | play" >&2
    exit 2
    ;;
esac
