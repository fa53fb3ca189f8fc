//! Has the linker keep what is moved at start in its short form, nearly a megabyte less, where the system's C library reads that. Changes no code.

use std::env;
use std::process::Command;

/// The first glibc that reads it.
const SINCE: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let of = |name: &str| env::var(name).unwrap_or_default();
    let at_home = of("HOST") == of("TARGET");
    let glibc = (of("CARGO_CFG_TARGET_OS"), of("CARGO_CFG_TARGET_ENV"));
    if at_home && glibc == ("linux".into(), "gnu".into()) && version().is_some_and(|v| v >= SINCE) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this system's glibc.
fn version() -> Option<(u32, u32)> {
    let told = Command::new("getconf")
        .arg("GNU_LIBC_VERSION")
        .output()
        .ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
