//! From a file to neutral records: what was recognised, then chunks of records and refusals. Writes nothing and knows no store.

mod choose;
mod contacts;
mod deal;
mod describe;
mod fault;
mod kit;
mod lead;
mod others;
mod plan;
mod program;
mod states;
mod stream;
mod survey;

#[cfg(test)]
mod languages_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod record_tests;

pub use fault::ImportError;
pub use plan::{Options, Plan};
pub use stream::{Chunk, Stream, Summary};
