//! Gives the wasm a stack of 256 KiB instead of 1 MiB, for every visitor's tab holds that memory. The
//! largest call has two buffers of 64 KiB (an event, a batch) and some small ones.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg-cdylib=-zstack-size=262144");
    }
}
