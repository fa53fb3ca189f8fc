//! The program: hands its arguments to the library and exits with its status.

fn main() {}
