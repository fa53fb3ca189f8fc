//! What must hold of leads and deals, on every way into the workspace: one row per rule, one column per way.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what cannot be done, and says where"
)]

mod cli;
mod criteria;
mod hands;
mod import;
mod rep;
mod room;
mod rules;
mod screen;
mod undo;

use cli::{Batch, Line};
use import::File;
use screen::{Cursor, Marked};
use undo::Undone;

/// A test for each rule on each way, named `rule::way`.
macro_rules! matrix {
    ($($rule:ident: $($way:ident),+;)+) => {
        $(mod $rule {
            $(#[test]
            #[expect(non_snake_case, reason = "the way's own name")]
            fn $way() {
                super::rules::$rule::<super::$way>();
            })+
        })+
    };
}

// Cursor: keys on the lead under the cursor. Marked: keys on marked leads. Line: a subcommand. Batch: rows on its stdin.
// File: an imported export. Undone: every change taken back and done again, the bytes compared.
matrix! {
    a_deal_counts_only_with_all_five: Cursor, Marked, Line, Batch, File, Undone;
    no_rejection_without_a_reason_and_other_needs_a_note: Cursor, Marked, Line, Batch, File, Undone;
    unable_to_reach_below_the_attempts_is_unverified: Cursor, Marked, Line, Batch, File, Undone;
    evidence_is_computed_from_what_is_logged: Cursor, Marked, Line, Batch, File, Undone;
    the_headline_stays_as_it_was_frozen: Cursor, Marked, Line, Batch, File, Undone;
    several_leads_count_their_value_once: Cursor, Marked, Line, Batch, File, Undone;
    a_recycled_lead_comes_back_on_its_day_as_a_new_handoff: Cursor, Marked, Line, Batch, File, Undone;
    who_may_not_is_refused_and_hears_who_may: Cursor, Marked, Line, Batch, File, Undone;
    nobody_in_particular_gives_no_verdict: Cursor, Marked, Line, Batch, Undone;
    every_change_is_one_entry_that_names_its_author: Cursor, Marked, Line, Batch, File, Undone;
    taking_back_leaves_no_trace: Cursor, Marked, Line, Batch, File, Undone;
}
