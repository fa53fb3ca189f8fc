//! The loop: wait, act, write, refresh, draw; the only place where terminal, app and store meet.
