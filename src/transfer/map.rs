//! What a CRM's columns and words mean to us, as data: shipped maps and the user's own in one form. Reads no rows.

mod catalog;
mod columns;
mod detect;
mod form;
mod kinds;
pub(crate) mod ours;
mod words;

pub use catalog::{Catalog, MapError};
pub(crate) use columns::{Columns, Got, OURS, Pick, Place, is_of_refusals};
pub use detect::{Candidate, candidates, judged};
pub use form::Map;
pub(crate) use form::{Contact, From, IdForm, Keep, Rule, Section};
pub use kinds::{CustomKind, Kind, State};
pub(crate) use words::Words;
