//! smarketing: one scoreboard, one definition of a lead and one list of rejections for marketing and sales.
//!
//! The map of the modules stands in `ARCHITECTURE.md`; `tests/architecture.rs` enforces it.

pub mod app;
pub mod backtest;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod facts;
pub mod keymap;
pub mod metrics;
pub mod report;
pub mod screens;
pub mod store;
pub mod text;
pub mod theme;
pub mod transfer;
pub mod tui;
pub mod widgets;
