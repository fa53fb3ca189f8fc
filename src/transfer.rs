//! Files to domain records and back; knows no SQL and no terminal.

pub mod criteria;
pub mod export;
pub mod import;
pub mod map;
pub mod read;
pub mod refused;
pub mod values;
