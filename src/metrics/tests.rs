//! Numbers counted by hand, and properties that hold for every history.

pub(crate) mod fixture;
mod golden;
mod properties;
