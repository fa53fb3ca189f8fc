//! The only SQL: opens, migrates, loads, applies commands, keeps the journal; draws nothing.
