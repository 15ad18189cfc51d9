#!/usr/bin/env bash
# tools/build.sh [release|run|dev]: builds what has changed of the server, the browser's half, the styles, the scripts
# and the site folder.
#
#           server                 browser's half         site folder        for
#   release release                wasm-release           <target>/site      make build, make run RELEASE=1, make bench
#   run     dev, as all tests      wasm-release           <target>/site      make run, make test
#   dev     dev, as all tests      dev, nothing shrunk    <target>/dev/site  make dev
#
# A site folder is laid out as cargo-leptos lays it: pkg/gigsta.<hash>.{js,wasm,css}, the scripts beside them as
# <name>.<hash>.js, and hash.txt beside the server.
# Contents, not times, show what has changed, so switching branches or clones costs nothing.
. "$(dirname "$0")/lib.sh"

kind=${1:-release}
case $kind in
release) profile=release built=$TARGET/release ;;
run | dev) profile=dev built=$TARGET/debug ;;
*) fail "I do not know \"$kind\"" "tools/build.sh [release|run|dev]" ;;
esac
case $kind in
dev) wasm_profile=dev wasm_dir=debug base=$TARGET/dev bin=$base finish=dev minify=() ;;
*) wasm_profile=wasm-release wasm_dir=wasm-release base=$TARGET bin=$built finish=release minify=(--minify) ;;
esac
site=$base/site stage=$base/stage stamps=$base/stamps
mkdir -p "$stage" "$stamps"
claim_target

# is_fresh NAME HASH FILE..: were these files made from the inputs with this hash, and by us? (A file newer than its stamp
# was made by somebody else, for instance by a plain `cargo build`.)
is_fresh() {
    local stamp=$stamps/$1 file
    [ "$(cat "$stamp" 2>/dev/null)" = "$2" ] || return 1
    shift 2
    for file; do [ -e "$file" ] && [ ! "$file" -nt "$stamp" ] || return 1; done
}
made() { printf '%s\n' "$2" >"$stamps/$1"; }

# at_first FILE TIME: how long it takes when there is nothing yet.
at_first() { [ -e "$1" ] || printf ' (%s from nothing on two cores)' "$2"; }

toolchain="$(rustc -vV) ${RUSTFLAGS:-} ${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-}"
# public too: the server takes some of it in. Not the scripts: they are built on their own.
# shellcheck disable=SC2046
sources=$(content_hash "$toolchain" $(find src -type f -not -path 'src/web/scripts/*') public Cargo.toml Cargo.lock .cargo)

# The same flags as a plain `cargo build` or `cargo test` has, so that nothing is built twice; the flags of .cargo/config.toml
# are for quick builds, and a variable that is set, even to nothing, keeps them from the optimised server.
build_server() {
    ! is_fresh "server-$profile" "$sources" "$built/gigsta" || return 0
    echo "build: server, $profile$(at_first "$built/gigsta" "$([ $profile = dev ] && echo "5 min" || echo "13 min")")"
    [ $profile = dev ] || export RUSTFLAGS="${RUSTFLAGS:-}"
    cargo build --profile $profile --features ssr --bin gigsta --target-dir "$TARGET"
    made "server-$profile" "$sources"
}
# Beside the rest. In a process group of its own (set -m), so that it ends with this script, whether by Ctrl-C, which bash
# keeps from background jobs, or because the other half failed.
set -m
build_server &
server_build=$!
set +m
trap 'kill -- -$server_build 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

# Cargo knows which files of src the browser's half is made of, and leaves alone what a change in a page does not reach.
# Only a cdylib: with the rlib of Cargo.toml beside it, cargo would leave out the link-time optimisation. Its own folder,
# because the flags of its macros differ from the server's.
wasm=$TARGET/wasm/$WASM/$wasm_dir/gigsta.wasm
if ! is_fresh wasm "$sources" "$wasm"; then
    echo "build: browser, $wasm_profile$(at_first "$wasm" "2 min")"
    cargo rustc --lib --crate-type cdylib --profile $wasm_profile --features hydrate --target "$WASM" --target-dir "$TARGET/wasm"
    made wasm "$sources"
fi

browser=$(content_hash "$(wasm-bindgen --version)" "$wasm" package-lock.json tools/build.sh)
if ! is_fresh browser "$browser" "$stage/gigsta.js" "$stage/gigsta_bg.wasm"; then
    rm -rf "$stage/bindgen"
    wasm-bindgen --target web --no-typescript --out-name gigsta --out-dir "$stage/bindgen" "$wasm"
    if [ $finish = dev ]; then
        cp "$stage/bindgen/gigsta_bg.wasm" "$stage/gigsta_bg.wasm"
    else
        # The features are those that rustc itself uses for this target.
        wasm-opt -Oz --strip-debug --strip-producers --strip-target-features --enable-bulk-memory --enable-bulk-memory-opt \
            --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types \
            --enable-multivalue "$stage/bindgen/gigsta_bg.wasm" -o "$stage/gigsta_bg.wasm"
    fi
    # Bundled, so that snippets which a crate may bring cost no request of their own.
    esbuild "$stage/bindgen/gigsta.js" --bundle --format=esm --log-level=warning ${minify[@]+"${minify[@]}"} \
        --outfile="$stage/gigsta.js"
    made browser "$browser"
fi

# Tailwind reads the class names out of src.
styles=$(content_hash "" style src package-lock.json)
if ! is_fresh styles "$styles" "$stage/gigsta.css"; then
    echo "build: styles"
    tailwindcss -i style/main.css -o "$stage/gigsta.css" ${minify[@]+"${minify[@]}"}
    made styles "$styles"
fi

scripts=$(content_hash "$finish" src/web/scripts package-lock.json)
if ! is_fresh scripts "$scripts" "$stage/scripts"; then
    echo "build: scripts"
    rm -rf "$stage/scripts"
    esbuild src/web/scripts/{boot,live,places,days}.ts --bundle --format=esm --log-level=warning \
        ${minify[@]+"${minify[@]}"} --outdir="$stage/scripts"
    made scripts "$scripts"
fi

assets=$(content_hash "" "$stage/gigsta.js" "$stage/gigsta_bg.wasm" "$stage/gigsta.css" "$stage/scripts" public tools/site.mjs)
if ! is_fresh site "$assets" "$stage/hash.txt" "$site/pkg"; then
    node tools/site.mjs $finish "$stage" "$site" "$stage/hash.txt"
    made site "$assets"
fi

wait $server_build
trap - EXIT

# A server reads the names of the site's files in hash.txt beside it; that of `make dev` has a folder of its own for it.
[ "$built/gigsta" -ef "$bin/gigsta" ] || ln -f "$built/gigsta" "$bin/gigsta" 2>/dev/null || cp -f "$built/gigsta" "$bin/gigsta"
cmp -s "$stage/hash.txt" "$bin/hash.txt" || cp "$stage/hash.txt" "$bin/hash.txt"
