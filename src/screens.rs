//! What the user sees: one module per screen and per window over it. Screens decide and answer with data; they do nothing themselves.

pub mod footer;
pub mod help;
pub mod palette;
pub mod setup;
