//! What the screen asks about the past and what it is told, as data. Computes nothing.

use std::sync::Arc;

use crate::backtest::drift::Counted;
use crate::backtest::{Cell, Effect, Flip, Impact, Pair, Said, Suggestion, Turn};
use crate::domain::criteria::version::Versions;
use crate::domain::criteria::{Definition, Fields, Figures, Kind, Truth, Warning};
use crate::domain::moment::Moment;

/// Every version and every field, as the file has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The versions.
    pub versions: Versions,
    /// The fields that rules can ask about.
    pub fields: Arc<Fields>,
}

/// What would have been, if?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Only leads of this segment; `None`: all.
    pub segment: Option<String>,
    /// What it is compared with: the version in force, or a definition that lets everything pass.
    pub before: Definition,
    /// When the version in force was signed, and since when it is in force; `None`: there is none.
    pub agreed_at: Option<(Moment, Moment)>,
    /// The draft with what is being typed.
    pub draft: Definition,
    /// The rule that changes from key to key.
    pub edited: Option<usize>,
    /// The fields that rules can ask about.
    pub fields: Arc<Fields>,
    /// Values that occur: of this field, holding this text (small letters).
    pub values: Option<(String, String)>,
}

impl Question {
    /// The same when the keys rest: nothing is typed.
    #[must_use]
    pub fn resting(&self) -> Self {
        Self {
            values: None,
            edited: None,
            ..self.clone()
        }
    }
}

/// Which rows stand behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// Those that turn, both ways; first those that would go out.
    Turned,
    /// A cell of criteria × verdict.
    Verdict(Said, Cell),
    /// A cell of criteria × outcome.
    Outcome(Said, Cell),
    /// What a rule alone keeps out.
    KeptOut(usize),
    /// What a rule of a kind says of leads by itself, whatever the others say.
    Rule(usize, Kind, Truth),
    /// What a suggested rule would take out.
    Suggested(Box<crate::domain::criteria::Rule>),
}

/// What the panel shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The figures.
    pub impact: Impact,
    /// The name of the quarter kept apart.
    pub quarter: String,
    /// Handoffs that turn out and in, the quarter kept apart included.
    pub turned: [u64; 2],
    /// Values that occur, with how many handoffs have them.
    pub values: Vec<(String, u32)>,
}

/// What takes longer than a keystroke: computed when the keys rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// What each rule does beside the others.
    pub effects: Vec<Effect>,
    /// Rules that say much the same.
    pub alike: Vec<Pair>,
    /// What the data say against the draft.
    pub doubts: Vec<Warning>,
    /// Criteria × verdict.
    pub verdicts: Grid,
    /// Criteria × outcome.
    pub outcomes: Grid,
    /// What the draft says of the past: kept with it when it is signed.
    pub own: Figures,
    /// What the version in force said then and says now.
    pub in_force: Option<Counted>,
}

/// A matrix in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Rows as [`Said::ALL`], columns as [`Cell::ALL`].
    pub counts: [[u64; 3]; 3],
    /// Handoffs on which both sides say something.
    pub n: u64,
    /// The share on which both say the same.
    pub agreement: Option<f64>,
    /// The same beyond chance.
    pub kappa: Option<f64>,
}

/// Handoffs behind a number, with which way they turn where they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What can be said of it.
    pub flip: Flip,
    /// Which way it turns.
    pub turn: Option<Turn>,
}

/// The rows behind a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The dearest first; where there are very many, the dearest of them only.
    pub rows: Vec<Row>,
    /// How many there are.
    pub total: u64,
    /// Of a rule: how many leads each answer has, in the order of [`Truth::ALL`].
    pub sums: Option<[u64; 3]>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The panel.
    Panel(Box<Panel>),
    /// Each rule's effect, doubts, agreement.
    Weights(Box<Weights>),
    /// Rules worth a look, best first.
    Suggestions(Vec<Suggestion>),
    /// Rows behind a number.
    Rows(Listing),
}
