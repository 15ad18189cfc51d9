# Helpers of the scripts in this folder, which all begin with `. "$(dirname "$0")/lib.sh"`.
# Everything here runs on the bash 3.2, sed, awk and find of macOS as well.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/env.sh

WASM=wasm32-unknown-unknown

have() { command -v "$1" >/dev/null 2>&1; }

# fail PROBLEM REMEDY..: every failure says what to do about it, one remedy a line.
fail() {
    printf '\n%s: %s\n' "$(basename "$0" .sh)" "$1" >&2
    shift
    printf '  -> %s\n' "$@" >&2
    exit 1
}

# step WHAT TIME COMMAND..: says what is done and how long it takes; the command's own output is shown only if it fails.
step() {
    local what=$1 time=$2
    shift 2
    mkdir -p "$CACHE"
    printf 'setup: %s (about %s)\n' "$what" "$time"
    "$@" >"$CACHE/setup.log" 2>&1 </dev/null && return
    tail -n 15 "$CACHE/setup.log" | sed 's/^/  | /' >&2
    return 1
}

# as_root COMMAND..: runs it as root, or shows the command that somebody else has to run.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && { sudo -n true || { : >/dev/tty; }; } 2>/dev/null; then
        sudo "$@"
    else
        echo "This needs root: run  sudo $*" >&2
        return 1
    fi
}

# apt_install PACKAGE..: Debian packages. The list is fetched first, because an old one may name older versions.
apt_install() {
    have apt-get || return 1
    if dpkg -s "$@" >/dev/null 2>&1; then return; fi
    as_root apt-get update || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# at_least WANTED FOUND: compares versions such as 1.95 and 1.96.0.
at_least() {
    awk -v w="$1" -v f="$2" 'BEGIN {
        n = split(w, a, "."); split(f, b, ".")
        for (i = 1; i <= n; i++) if (a[i] + 0 != b[i] + 0) exit (a[i] + 0 > b[i] + 0)
    }'
}

# macOS has no sha256sum.
if have sha256sum; then SHA256=(sha256sum); else SHA256=(shasum -a 256); fi

# content_hash TEXT PATH..: one hash over a text and the contents of files and folders; missing ones count as empty.
content_hash() {
    local text=$1 path paths=()
    shift
    for path; do [ ! -e "$path" ] || paths+=("$path"); done
    { printf '%s\n' "$text"; find "${paths[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 "${SHA256[@]}"; } |
        "${SHA256[@]}" | cut -c1-64
}

# claim_target: Cargo knows our crate in a target folder by name and judges it by modification time. In a folder that
# several clones share it would take another clone's build for ours, so whoever comes next forgets ours, and only ours.
claim_target() {
    mkdir -p "$TARGET"
    [ "$(cat "$TARGET/.clone" 2>/dev/null)" != "$PWD" ] || return 0
    find "$TARGET" -maxdepth 6 -type d -path '*/.fingerprint/gigsta-*' -prune -exec rm -rf {} +
    printf '%s\n' "$PWD" >"$TARGET/.clone"
}

# find_chromium: the browser for the tests, never one that a package downloads by itself. The headless shell is the same engine
# without windows: a test costs a third of the time.
find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if [ -n "$name" ] && command -v "$name" 2>/dev/null; then return; fi
    done
    return 1
}
