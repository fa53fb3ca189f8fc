//! The program: hands its arguments to the library and exits with its status.

use std::process::ExitCode;

fn main() -> ExitCode {
    match smarketing::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(message) = failure.message() {
                smarketing::cli::say(&format!("smarketing: {message}"));
            }
            ExitCode::from(failure.status())
        }
    }
}
