//! Keys as data: one table that dispatch, footer, help and palette read.
