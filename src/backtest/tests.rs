//! Columns against rows, impact against a plain count, matrices and suggestions by hand.

mod against_rows;
mod by_hand;
mod drift;
mod ranked;
mod segments;
