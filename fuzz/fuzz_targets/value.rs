#![no_main]
//! libFuzzer on the target of this name; see `targets.rs`.

#[path = "../targets.rs"]
#[expect(dead_code, reason = "each harness runs one target")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::value(bytes));
