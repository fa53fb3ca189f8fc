//! Ctrl-Z: gives the terminal to the shell and stops, if there is a shell that can continue us.

use rustix::process::{Signal, getpgid, getpgrp, getppid, getsid, kill_current_process_group};

/// Whether a shell of this session started us as a job; without one nobody could wake us up again.
pub(super) fn has_job_control() -> bool {
    let Some(parent) = getppid() else {
        return false;
    };
    let same_session =
        matches!((getsid(Some(parent)), getsid(None)), (Ok(theirs), Ok(ours)) if theirs == ours);
    // Started by another program of our own group (such as `cargo run`), that one's parent is the shell.
    let other_group = getpgid(Some(parent)).is_ok_and(|group| group != getpgrp());
    let leads_session = getsid(None).is_ok_and(|session| session == getpgrp());
    same_session && (other_group || !leads_session)
}

/// Stops the whole process group; returns when it is continued.
pub(super) fn stop() {
    // Stopping oneself cannot fail; if the system refuses, the program just goes on.
    let _ = kill_current_process_group(Signal::STOP);
}
