#!/usr/bin/env bash
# tools/test.sh [check|rust|e2e|simulate|all]: one suite or all of them. Each ends with one line: "<suite>: N passed, N failed".
# `all` runs every suite even if an earlier one failed, and repeats the lines at the end, each below the names of what failed.
. "$(dirname "$0")/lib.sh"
log=$TARGET/test.log

# close PASSED FAILED: the names of what failed, the closing line, and the verdict.
close() {
    trap - EXIT
    {
        grep -shE '^test .* FAILED$|^ {4}\[.+\] › |^(NOT REACHED|BROKEN)' "$log" || true
        printf '%s: %s passed, %s failed\n' "$suite" "$1" "$2"
    } >"$log.end"
    printf '\n%s\n' "$(cat "$log.end")"
    [ -z "${GIGSTA_SUMMARY:-}" ] || cat "$log.end" >>"$GIGSTA_SUMMARY"
    [ "$2" = 0 ] || exit 1
}

# Format, lints, documentation and types, for both worlds and their scripts; no warning is let through.
check() {
    local passed=0 failed=0
    tools/setup.sh rust node
    . tools/env.sh
    claim_target
    try() { if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi; }
    try cargo fmt --check
    try cargo clippy --features ssr --all-targets --target-dir "$TARGET" -- -D warnings
    try cargo clippy --lib --features hydrate --profile wasm-release --target "$WASM" --target-dir "$TARGET/wasm" -- -D warnings
    try env RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --features ssr --document-private-items --target-dir "$TARGET"
    try tsc --project src/web/scripts
    try tsc --project end2end
    try prettier --check --log-level warn src/web/scripts end2end
    close $passed $failed
}

# Unit, property and integration tests; the last start a mongod of their own.
rust() {
    local status=0
    tools/setup.sh rust mongod
    . tools/env.sh
    claim_target
    cargo test --features ssr --no-fail-fast --target-dir "$TARGET" 2>&1 | tee "$log" || status=1
    # shellcheck disable=SC2046
    close $(awk -v status=$status '
        /^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i - 1); if ($i ~ /^failed/) f += $(i - 1) } }
        # Something that never came to run has failed as well.
        END { if (status && !f) f = 1; print p + 0, f + 0 }' "$log")
}

# End to end, in a real browser, on what `make run` serves. What follows goes to Playwright, for instance a file's name.
e2e() {
    local status=0
    tools/setup.sh rust bindgen node mongod chromium
    tools/build.sh run
    . tools/env.sh
    CHROMIUM=$(find_chromium)
    export CHROMIUM GIGSTA_BIN=$TARGET/debug/gigsta LEPTOS_SITE_ROOT=$TARGET/site
    playwright test -c end2end --reporter=list "$@" 2>&1 | tee "$log" || status=1
    # shellcheck disable=SC2046
    close $(awk -v status=$status '
        /^ +[0-9]+ (passed|flaky)/ { p += $1 }
        /^ +[0-9]+ (failed|interrupted|did not run)/ { f += $1 }
        END { if (status && !f) f = 1; print p + 0, f + 0 }' "$log")
}

# The whole marketplace in virtual time, by the program that `make run` serves. A law that holds and a cell or a denial that
# is reached count as one each; what follows a failure says how to see it again.
simulate() {
    local status=0
    tools/setup.sh rust
    . tools/env.sh
    claim_target
    cargo run --quiet --features ssr --target-dir "$TARGET" -- simulate --bookings "${GIGSTA_BOOKINGS:-20000}" 2>&1 | tee "$log" || status=1
    # shellcheck disable=SC2046
    close $(awk -v status=$status '
        /^coverage/ { for (i = 2; i <= NF; i++) if ($i == "of") p += $(i - 1) }
        /^laws +all held/ { p++ }
        /^NOT REACHED|^BROKEN/ { f++ }
        END { if (status && !f) f = 1; print p + 0, f + 0 }' "$log")
}

all() {
    local suite failed=0
    export GIGSTA_SUMMARY=$TARGET/summary.log
    : >"$GIGSTA_SUMMARY"
    for suite in check rust e2e simulate; do
        printf '\n== %s\n' "$suite"
        tools/test.sh $suite || failed=1
    done
    printf '\n== all\n'
    cat "$GIGSTA_SUMMARY"
    exit $failed
}

mkdir -p "$TARGET"
: >"$log"
suite=${1:-all}
case $suite in
check | rust | e2e | simulate)
    trap 'close 0 1' EXIT # for a suite that could not even begin
    [ $# = 0 ] || shift
    "$suite" "$@"
    ;;
all) all ;;
*) fail "I do not know \"$suite\"" "tools/test.sh [check|rust|e2e|simulate|all]" ;;
esac
