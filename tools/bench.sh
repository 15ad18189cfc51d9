#!/usr/bin/env bash
# tools/bench.sh [SERVICES]: how fast we are, beside a floor and the original's stack, written to benches/RESULTS.md; 100,000
# generated services to search in if no number is given. Data is in a database of its own below <target>/bench.
# BENCH_QUICK=1 is the short form. GIGSTA_BIN names a server that is built already, BENCH_PROFILE=dev takes the quick build (for
# trying the bench, not for figures). tools/bench/main.mjs has the other variables: each part can be made smaller or left out.
. "$(dirname "$0")/lib.sh"

tools/setup.sh rust bindgen node mongod
. tools/env.sh
profile=${BENCH_PROFILE:-release}
case $profile in
release) built=$TARGET/release ;;
dev) built=$TARGET/debug ;;
*) fail "I do not know the profile \"$profile\"" "BENCH_PROFILE=release or dev" ;;
esac
if [ -z "${GIGSTA_BIN:-}" ]; then
    if [ "$profile" = dev ]; then tools/build.sh run; else tools/build.sh release; fi
    export GIGSTA_BIN=$built/gigsta
fi

# The programs of benches/. Cargo names their files with a hash, and says which. Flags as in tools/build.sh.
build_programs() {
    [ "$profile" = dev ] || export RUSTFLAGS="${RUSTFLAGS:-}"
    cargo build --profile "$profile" --features ssr --bench fill --bench floor --bench load --target-dir "$TARGET" \
        --message-format=json-render-diagnostics
}
executables=$(build_programs | sed -n 's/.*"target":{"kind":\["bench"\].*"executable":"\([^"]*\)".*/\1/p')
for name in fill floor load; do
    found=$(printf '%s\n' "$executables" | grep "/$name-[^/]*$") || fail "cargo did not build $name"
    export "BENCH_$(printf %s "$name" | tr a-z A-Z)=$found"
done

# The original's stack, from pinned versions, into a folder of its own; without Python it is left out.
original() {
    local python=$TARGET/original/bin/python stamp=$TARGET/original/.stamp wanted
    wanted=$(content_hash "" benches/original/requirements.txt)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        rm -rf "$TARGET/original"
        have python3 || return 1
        step "installing the original's stack for comparison" "20 s" sh -c "python3 -m venv '$TARGET/original' &&
            '$python' -m pip install --disable-pip-version-check --only-binary=:all: -r benches/original/requirements.txt" >&2 || return 1
        printf '%s\n' "$wanted" >"$stamp"
    fi
    printf '%s\n' "$python"
}
if BENCH_PYTHON=$(original); then export BENCH_PYTHON; else
    unset BENCH_PYTHON
    echo "bench: without the original's stack, because Python or its packages are not there"
fi

# Lighthouse is large and no package of ours: installed below the target folder, and only for the full bench.
LIGHTHOUSE=12.8.2
lighthouse() {
    local dir=$TARGET/lighthouse/$LIGHTHOUSE
    if [ ! -x "$dir/node_modules/.bin/lighthouse" ]; then
        step "installing Lighthouse $LIGHTHOUSE for the bench" "20 s" \
            npm install --prefix "$dir" --no-save --ignore-scripts --no-audit --no-fund "lighthouse@$LIGHTHOUSE" >&2 || return 1
    fi
    printf '%s\n' "$dir/node_modules/.bin/lighthouse"
}
CHROMIUM=$(find_chromium) || CHROMIUM=
BENCH_LIGHTHOUSE=
if [ -n "$CHROMIUM" ] && [ -z "${BENCH_QUICK:-}" ]; then BENCH_LIGHTHOUSE=$(lighthouse) || BENCH_LIGHTHOUSE=; fi
export BENCH_LIGHTHOUSE CHROMIUM GIGSTA_DATA=$TARGET/bench MONGODB_URI= GIGSTA_DEMO= GIGSTA_DEMO_FRESH=
exec node tools/bench/main.mjs "$@"
