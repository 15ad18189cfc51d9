#!/usr/bin/env bash
# tools/audit.sh [licenses|bans|sources|advisories]..: checks our dependencies by the rules of deny.toml; all four checks if none
# is named. `advisories` fetches the database of known vulnerabilities; the other three need no network once Cargo has the crates.
. "$(dirname "$0")/lib.sh"

have cargo-deny || fail "cargo-deny is not installed" \
    "CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off cargo install cargo-deny  (about 2 min)" \
    "or take a built one: https://github.com/EmbarkStudios/cargo-deny/releases"
have cargo || fail "cargo is not installed" "tools/setup.sh rust"
exec cargo deny --locked check "$@"
