#!/usr/bin/env bash
# tools/build.sh [release|dev]: builds what has changed of the server, the browser's half, the styles, the scripts and the
# site folder.
#
# The result is laid out as cargo-leptos lays it: <target>/site/pkg/gigsta.<hash>.{js,wasm,css}, and hash.txt beside the
# server; the scripts lie beside them as <name>.<hash>.js. `dev` goes to <target>/dev, so that neither evicts the other: it
# compiles faster and shrinks nothing.
# What has changed is told by contents, not by times, so switching branches or clones costs nothing.
. "$(dirname "$0")/lib.sh"

profile=${1:-release}
case $profile in
release)
    base=$TARGET bin=$base/release cargo_profile=release wasm_profile=wasm-release wasm_dir=wasm-release
    minify=(--minify)
    ;;
dev)
    base=$TARGET/dev bin=$base/debug cargo_profile=dev wasm_profile=dev wasm_dir=debug
    minify=()
    # Leptos' own switch against long compile times, at the price of slower pages.
    export RUSTFLAGS="${RUSTFLAGS:-} --cfg erase_components"
    . tools/env.sh # which knows what else belongs into that variable
    ;;
*) fail "I do not know \"$profile\"" "tools/build.sh [release|dev]" ;;
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

toolchain="$profile $(rustc -vV) ${RUSTFLAGS:-} ${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-}"
# public too: the server takes some of it in. Not the scripts: they are built on their own.
# shellcheck disable=SC2207
sources=($(find src -type f -not -path 'src/web/scripts/*') public Cargo.toml Cargo.lock .cargo build.rs)

server=$(content_hash "$toolchain" "${sources[@]}")
build_server() {
    ! is_fresh server "$server" "$bin/gigsta" || return 0
    echo "build: server, $profile (8 min from nothing on two cores, together with the browser's half)"
    cargo build --profile $cargo_profile --features ssr --bin gigsta --target-dir "$base"
    made server "$server"
}
# Beside the rest: each half ends with minutes of work for one core alone. In a process group of its own (set -m), so that
# it ends with this script, whether by Ctrl-C, which bash keeps from background jobs, or because the other half failed.
set -m
build_server &
server_build=$!
set +m
trap 'kill -- -$server_build 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

browser=$(content_hash "$toolchain $(wasm-bindgen --version)" "${sources[@]}" package-lock.json tools/build.sh)
if ! is_fresh browser "$browser" "$stage/gigsta.js" "$stage/gigsta_bg.wasm"; then
    echo "build: browser, $profile (2 min from nothing)"
    # Only a cdylib: with the rlib of Cargo.toml beside it, cargo would leave out the link-time optimisation. Its own
    # folder, because features of the server must not reach it, nor rebuild it.
    cargo rustc --lib --crate-type cdylib --profile $wasm_profile --features hydrate --target "$WASM" --target-dir "$base/wasm"
    rm -rf "$stage/bindgen"
    wasm-bindgen --target web --no-typescript --out-name gigsta --out-dir "$stage/bindgen" \
        "$base/wasm/$WASM/$wasm_dir/gigsta.wasm"
    if [ "$profile" = release ]; then
        # The features are those that rustc itself uses for this target.
        wasm-opt -Oz --strip-debug --strip-producers --strip-target-features --enable-bulk-memory --enable-bulk-memory-opt \
            --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types \
            --enable-multivalue "$stage/bindgen/gigsta_bg.wasm" -o "$stage/gigsta_bg.wasm"
    else
        cp "$stage/bindgen/gigsta_bg.wasm" "$stage/gigsta_bg.wasm"
    fi
    # Bundled, so that snippets which a crate may bring cost no request of their own.
    esbuild "$stage/bindgen/gigsta.js" --bundle --format=esm --log-level=warning ${minify[@]+"${minify[@]}"} \
        --outfile="$stage/gigsta.js"
    made browser "$browser"
fi

wait $server_build
trap - EXIT

# Tailwind reads the class names out of src.
styles=$(content_hash "$profile" style src package-lock.json)
if ! is_fresh styles "$styles" "$stage/gigsta.css"; then
    echo "build: styles"
    tailwindcss -i style/main.css -o "$stage/gigsta.css" ${minify[@]+"${minify[@]}"}
    made styles "$styles"
fi

scripts=$(content_hash "$profile" src/web/scripts package-lock.json)
if ! is_fresh scripts "$scripts" "$stage/scripts"; then
    echo "build: scripts"
    esbuild src/web/scripts/{boot,live,places,days}.ts --bundle --format=esm --log-level=warning \
        ${minify[@]+"${minify[@]}"} --outdir="$stage/scripts"
    made scripts "$scripts"
fi

assets=$(content_hash "$server $browser $styles $scripts" public tools/site.mjs)
if ! is_fresh site "$assets" "$bin/hash.txt" "$site/pkg"; then
    node tools/site.mjs "$profile" "$stage" "$site" "$bin/hash.txt"
    made site "$assets"
fi
