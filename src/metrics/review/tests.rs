//! The review of rejections, counted by hand and as properties of every history.

mod asked;
mod by_hand;
mod flags;
mod properties;
mod propose;
mod second;
