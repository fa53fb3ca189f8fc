//! Numbers counted by hand, and properties that hold for every history.

mod fixture;
mod golden;
mod properties;
