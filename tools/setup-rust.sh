# Sourced by setup.sh: Rust that can build for the browser, and the wasm-bindgen that fits.
#
# Three ways, in this order: what is installed already; `rustup target add`; Debian's own Rust, for machines that reach
# nothing but package registries. Debian's has no standard library for the browser, so that is built from its sources.
# The user's default toolchain stays as it is: ours is found first only through the PATH of tools/env.sh.
# shellcheck shell=bash

# Is Rust on the PATH new enough and complete?
rust_is_complete() {
    local found
    found=$(rustc --version 2>/dev/null | cut -d' ' -f2) && at_least "$RUST_WANTED" "${found:-0}" &&
        cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1
}

# Can it build for the browser?
rust_knows_wasm() {
    local libdir
    if [ -d "$CACHE/sysroot" ]; then
        cmp -s "$CACHE/sysroot/version" <(rustc -vV) && have rust-lld
    else
        libdir=$(rustc --print target-libdir --target "$WASM" 2>/dev/null) && ls "$libdir"/libstd-*.rlib >/dev/null 2>&1 &&
            { have rust-lld || [ -x "$(rustc --print target-libdir)/../bin/rust-lld" ]; }
    fi
}

# Links Debian's Rust into our own folder, in front of a rustup that may be on the PATH.
rust_from_debian() {
    local tool
    apt_install rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy gcc libc6-dev || return 1
    mkdir -p "$CACHE/bin"
    for tool in cargo rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
        ln -sfn "/usr/bin/$tool" "$CACHE/bin/$tool" || return 1
    done
}

# The browser target's linker is an lld under the name rust-lld; the one of the same LLVM fits best.
rust_lld() {
    local llvm lld
    have rust-lld && return
    llvm=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
    lld=/usr/lib/llvm-$llvm/bin/lld
    [ -x "$lld" ] || apt_install "lld-$llvm" || return 1
    ln -sfn "$lld" "$CACHE/bin/rust-lld"
}

# Builds the standard library once, and lays it beside links to what the compiler has for this machine.
# Without embed-bitcode the browser half could not be optimised as one (LTO), which halves it. Built for size, for the
# last 5 % of the bytes that travel.
rust_std_for_wasm() {
    local work=$CACHE/build/std new=$CACHE/sysroot.new host
    host=$(rustc -vV | sed -n 's/^host: //p')
    rm -rf "$work" "$new"
    mkdir -p "$work/src" "$new/lib/rustlib/$WASM/lib"
    printf '[package]\nname = "empty"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
    : >"$work/src/lib.rs"
    (
        cd "$work" && unset CARGO_ENCODED_RUSTFLAGS &&
            RUSTFLAGS=-Cembed-bitcode=yes RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_OPT_LEVEL=z \
                cargo build --release --target "$WASM" --target-dir target \
                -Zbuild-std=std,panic_abort,panic_unwind,proc_macro -Zbuild-std-features=optimize_for_size
    ) || return 1
    rm -f "$work/target/$WASM/release/deps"/libempty-*
    cp "$work/target/$WASM/release/deps"/*.rlib "$new/lib/rustlib/$WASM/lib/" || return 1
    ln -s "$(rustc --print sysroot)/lib/rustlib/$host" "$new/lib/rustlib/$host"
    rustc -vV >"$new/version"
    rm -rf "$CACHE/sysroot" "$work"
    mv "$new" "$CACHE/sysroot"
}

setup_rust() {
    RUST_WANTED=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    # One that was built for a compiler that has gone.
    if [ -d "$CACHE/sysroot" ] && ! cmp -s "$CACHE/sysroot/version" <(rustc -vV 2>/dev/null); then rm -rf "$CACHE/sysroot"; fi
    if rust_is_complete && rust_knows_wasm; then return; fi

    # Not once Debian's was chosen: it is the one on the PATH, whatever rustup adds to its own.
    if have rustup && [ ! -x "$CACHE/bin/rustc" ] &&
        at_least "$RUST_WANTED" "$(rustc --version 2>/dev/null | cut -d' ' -f2)"; then
        if step "adding the browser target to Rust" "20 s" rustup target add "$WASM" &&
            step "adding rustfmt and clippy" "10 s" rustup component add rustfmt clippy &&
            rust_is_complete && rust_knows_wasm; then return; fi
        echo "setup: this machine cannot fetch it; trying the system's own Rust"
    fi
    if ! rust_is_complete || ! rust_has_sources; then
        step "installing Debian's Rust beside the present one" "30 s" rust_from_debian || rust_fails
    fi
    rust_is_complete || rust_fails
    step "installing the linker for the browser" "10 s" rust_lld || rust_fails
    rust_knows_wasm || step "building Rust's standard library for the browser" "45 s" rust_std_for_wasm || rust_fails
    . tools/env.sh
    rust_knows_wasm || rust_fails
}

rust_has_sources() { [ -f "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]; }

rust_fails() {
    fail "no Rust $RUST_WANTED or newer that can build for the browser ($WASM)" \
        "With rustup (https://rustup.rs):  rustup update stable && rustup target add $WASM" \
        "On Debian, as root:  apt-get update && apt-get install rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy"
}

bindgen_install() {
    # Not optimised: it compiles in a third of the time and still runs in half a second.
    export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0
    local args=(wasm-bindgen-cli --version "$1" --no-default-features --bin wasm-bindgen --force)
    args+=(--root "$CACHE" --target-dir "$CACHE/build/bindgen")
    # Not --locked at any price: a mirror of the registry may lack one of the locked versions.
    cargo install --locked "${args[@]}" || cargo install "${args[@]}" || return 1
    rm -rf "$CACHE/build/bindgen"
}

# The tool and the crate must be of exactly the same version.
setup_bindgen() {
    local wanted
    wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
    [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $wanted" ] || return 0
    step "compiling wasm-bindgen $wanted" "1 min" bindgen_install "$wanted" ||
        fail "wasm-bindgen $wanted could not be installed" "cargo install wasm-bindgen-cli --version $wanted"
}
