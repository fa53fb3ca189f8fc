//! The shared definition of a qualified lead: its rules, their text, and what they say of a lead. Pure: no files, no clock.
//!
//! A [`rule::Rule`] asks one thing of one field. A [`definition::Definition`] is the page that both sides sign: rules, "at least k
//! supporting", what an unknown answer means, and the wordings. Everything is three-valued: met, not met, unknown.

pub mod compare;
pub mod complete;
pub mod condition;
pub mod definition;
pub mod field;
pub mod figures;
mod implies;
pub mod known;
mod lex;
pub mod parse;
mod print;
pub mod rule;
pub mod sentence;
pub mod truth;
pub mod version;
pub mod warn;

pub use compare::{Change, Move, changes};
pub use complete::{Completion, Wants, complete};
pub use condition::{Condition, Literal, Number, Operator, Test, Value};
pub use definition::{Answer, Definition, GATE, Judgement, Lead, Page, Policy};
pub use field::{Field, FieldKind, Fields, Origin, Standard};
pub use figures::Figures;
pub use known::{Known, RuleSays, Says, Told};
pub use parse::{Fault, Parsed, Severity, parse};
pub use print::line;
pub use rule::{Class, Kind, Rule, Switch};
pub use truth::Truth;
pub use warn::{Warning, warnings};

#[cfg(test)]
pub(crate) mod tests;
