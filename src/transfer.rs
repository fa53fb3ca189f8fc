//! Files to domain records and back; knows no SQL and no terminal.

pub mod cell;
pub mod read;
pub mod values;
