//! `smarketing backup`: a consistent copy of the workspace. Never replaces a file unasked.

use super::args::BackupArgs;
use super::failure::Failure;
use super::out;
use super::session::Session;
use crate::store::Overwrite;

/// Writes the copy.
pub(super) fn run(session: &Session, args: &BackupArgs) -> Result<(), Failure> {
    let overwrite = if args.force {
        Overwrite::Yes
    } else {
        Overwrite::No
    };
    session.read()?.backup(&args.file, overwrite)?;
    out::say(&format!("the copy lies in {}", args.file.display()));
    Ok(())
}
