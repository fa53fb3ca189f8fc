//! Is told by the system when somebody writes to the file, so that a change made elsewhere need not wait for the next look at it.
//! Where the system cannot tell, the looks are soon enough.

#[cfg(target_os = "linux")]
pub use linux::Watch;
#[cfg(not(target_os = "linux"))]
pub use nothing::Watch;

#[cfg(target_os = "linux")]
mod linux {
    use std::mem::MaybeUninit;
    use std::path::Path;

    use rustix::fd::OwnedFd;
    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
    use rustix::io::Errno;

    use crate::store::file::beside;

    /// Tells that somebody has written to the log of a workspace.
    #[derive(Debug)]
    pub struct Watch(OwnedFd);

    impl Watch {
        /// Looks at the log of a workspace that is open; `None` where there is none, or where the system does not tell.
        pub fn begin(workspace: &Path) -> Option<Watch> {
            let watch = inotify::init(CreateFlags::CLOEXEC).ok()?;
            let log = beside(&workspace.canonicalize().ok()?, "-wal");
            inotify::add_watch(&watch, log, WatchFlags::MODIFY).ok()?;
            Some(Watch(watch))
        }

        /// Blocks until somebody, this process too, has written; what was written may become visible a little later. `false`: this
        /// log is gone.
        pub fn wait(&self) -> bool {
            let mut room = [MaybeUninit::uninit(); 1_024];
            let mut events = Reader::new(&self.0, &mut room);
            loop {
                match events.next().map(|event| event.events()) {
                    Ok(said) if said.contains(ReadFlags::IGNORED) => return false,
                    // All that waits is one answer.
                    Ok(_) if events.is_buffer_empty() => return true,
                    Ok(_) | Err(Errno::INTR) => {}
                    Err(_) => return false,
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod nothing {
    /// Elsewhere nothing tells.
    #[derive(Debug)]
    pub struct Watch;

    impl Watch {
        /// Never there.
        pub fn begin(_workspace: &std::path::Path) -> Option<Watch> {
            None
        }

        /// Never told.
        pub fn wait(&self) -> bool {
            false
        }
    }
}
