//! Links the C library, which starts the program, and copies and compares memory. Rust's std, which
//! would link it, is absent.
fn main() {
    println!("cargo::rustc-link-arg-bins=-lc");
    println!("cargo::rerun-if-changed=build.rs");
}
