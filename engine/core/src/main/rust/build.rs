//! On Linux, makes calls of RAND_priv_bytes go to generator.rs first.
//! docs/decisions/024-buffered-generator.md says why.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg=-Wl,--wrap=RAND_priv_bytes");
    }
}
