//! Keys in, commands and windows out; the screen as it is drawn.

mod drawn;
mod keys;
mod order;
mod room;
mod windows;
