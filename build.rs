//! Nothing is generated. Cargo reads `[build-dependencies]` only where there is a build script; `Cargo.toml` says what for.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
}
