#!/usr/bin/env bash
# tools/dev.sh [OPTION..]: serves the demo with a WASM that is not optimised, and builds and starts again whenever a file has changed.
# Asks the folders twice a second: no tool to install, and the same on every system.
. "$(dirname "$0")/lib.sh"
tools/setup.sh rust bindgen node mongod
. tools/env.sh
export GIGSTA_DEMO=${GIGSTA_DEMO-1} LEPTOS_SITE_ROOT=$TARGET/dev/site
mkdir -p "$TARGET/dev"
seen=$TARGET/dev/.seen server=""

stop() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=""
}
trap stop EXIT
trap 'exit 130' INT TERM

while true; do
    touch "$seen"
    # The old server goes on serving while the new one is built, and if it cannot be built.
    if tools/build.sh dev; then
        stop
        "$TARGET/dev/gigsta" serve "$@" &
        server=$!
    else
        echo "dev: not built; waiting for the next change"
    fi
    # Folders too: their time changes when a file in them is deleted.
    while [ -z "$(find src style public Cargo.toml Cargo.lock -newer "$seen" -print 2>/dev/null | head -n 1)" ]; do
        sleep 0.5
    done
    echo "dev: changed, building again"
done
