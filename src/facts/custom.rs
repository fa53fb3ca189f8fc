//! Columns of the workspace's own fields, loaded on demand. Knows no metric.

use std::sync::Arc;

use super::column::{Code, Days};

/// One custom field over all leads, in the order of [`super::leads::Leads`].
#[derive(Clone, Debug)]
pub enum CustomColumn {
    /// Numbers; NaN where unknown.
    Number(Vec<f64>),
    /// Dates; `Day::NEVER` where unknown.
    Date(Days),
    /// 0: no, 1: yes, 2: unknown.
    YesNo(Vec<u8>),
    /// Codes into the names; `NONE` where unknown.
    Text {
        /// One code per lead.
        codes: Vec<Code>,
        /// The values that occur.
        values: Vec<Arc<str>>,
    },
}
