# Sourced, by every script here and by anyone who wants plain `cargo` to see what they see: `. tools/env.sh` at the top
# of the clone. It only sets variables. POSIX sh, so that zsh and dash can read it too.
# shellcheck shell=sh

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/gigsta # what tools/setup.sh built or fetched, shared by all clones
TARGET=${CARGO_TARGET_DIR:-$PWD/target}
case $TARGET in /*) ;; *) TARGET=$PWD/$TARGET ;; esac

for dir in "$PWD/node_modules/.bin" "$CACHE/bin"; do
    case :$PATH: in *":$dir:"*) ;; *) PATH=$dir:$PATH ;; esac
done
export PATH
unset dir

# Where no toolchain brings a standard library for the browser, setup has built one into a folder of our own. The host's
# library is linked into it, so the flag does no harm to a build for this machine.
if [ -d "$CACHE/sysroot" ]; then
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot=$CACHE/sysroot"
    # Cargo ignores the variable above when this one is set.
    case ${RUSTFLAGS:-} in
    '' | *"--sysroot=$CACHE/sysroot"*) ;;
    *) export RUSTFLAGS="$RUSTFLAGS --sysroot=$CACHE/sysroot" ;;
    esac
fi
