//! What a CRM's columns and words mean to us, as data: shipped maps and the user's own in one form. Reads no rows.

mod catalog;
mod columns;
mod detect;
mod form;
mod words;

pub use catalog::{Catalog, MapError};
pub(crate) use columns::{Columns, Got, OURS, Pick};
pub use detect::{Candidate, candidates};
pub use form::{CustomKind, Kind, Map, State};
pub(crate) use form::{IdForm, Keep, Rule};
pub(crate) use words::Words;
