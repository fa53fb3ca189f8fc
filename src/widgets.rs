//! Widgets that know no domain: they take text and figures, and clean and cut whatever they write.

mod big;
mod columns;
mod footer;
mod gauge;
mod ink;
mod input;
mod picker;
mod popup;
mod reader;
mod spark;
mod table;

pub use big::{BIG_HEIGHT, big_width, draw_big};
pub use columns::{ColumnChart, TimeAxis};
pub use footer::{Notice, NoticeKind, ProgressLine, hints};
pub use gauge::Gauge;
pub use ink::{Ink, Side};
pub use input::Prompt;
pub use picker::{Entry, Picker};
pub use popup::{on_popup, panel, popup};
pub use reader::{Paragraph, Reader};
pub use spark::sparkline;
pub use table::{Align, Column, Order, TableState, TableView};
